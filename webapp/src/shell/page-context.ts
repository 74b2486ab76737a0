import { createContext, useContext } from 'react';
import type { Album } from '../session/album';
import type { LiveMirror } from '../session/live-mirror';
import type { MyData } from '../session/my-data';
import type { Scanner } from '../session/scanner';

/** What the controls work on. */
export interface Page {
  readonly mirror: LiveMirror;
  readonly album: Album;
  readonly scanner: Scanner;
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

export function useScanner(): Scanner {
  return usePage().scanner;
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
