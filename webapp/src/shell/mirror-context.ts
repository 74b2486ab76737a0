import { createContext, useContext } from 'react';
import type { LiveMirror } from '../session/live-mirror';

const MirrorContext = createContext<LiveMirror | undefined>(undefined);

export const MirrorProvider = MirrorContext.Provider;

/** The live mirror that the controls work on. */
export function useMirror(): LiveMirror {
  const mirror = useContext(MirrorContext);
  if (!mirror) {
    throw new Error('no mirror above this component');
  }
  return mirror;
}
