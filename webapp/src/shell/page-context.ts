import { createContext, useContext } from 'react';
import type { Album } from '../session/album';
import type { LiveMirror } from '../session/live-mirror';
import type { MyData } from '../session/my-data';

/** What the controls work on. */
export interface Page {
  readonly mirror: LiveMirror;
  readonly album: Album;
  readonly myData: MyData;
}

const PageContext = createContext<Page | undefined>(undefined);

export const PageProvider = PageContext.Provider;

export function useMirror(): LiveMirror {
  return usePage().mirror;
}

export function useAlbum(): Album {
  return usePage().album;
}

export function useMyData(): MyData {
  return usePage().myData;
}

function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) {
    throw new Error('no page above this component');
  }
  return page;
}
