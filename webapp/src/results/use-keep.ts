import { useCallback } from 'react';
import { useStore, type Kept } from '../session/store';
import { t } from '../shell/messages';

/** What pictures are kept from. */
export interface Keepable {
  keep(): Promise<Kept | undefined>;
}

/** Keeps the picture in the mirror, and hands it to the browser to save. */
export function useKeep(mirror: Keepable): () => void {
  return useCallback(() => {
    void mirror.keep().then((kept) => {
      if (kept) {
        useStore.setState(({ results }) => ({
          results: [kept, ...results],
          message: t('controls.kept'),
        }));
      }
    });
  }, [mirror]);
}
