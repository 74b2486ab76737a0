import { useCallback } from 'react';
import type { Keeping } from '../session/keep-picture';
import { useStore } from '../session/store';
import { t } from '../shell/messages';

/** What pictures are kept from. */
export interface Keepable {
  keep(): Promise<Keeping | undefined>;
}

/** Keeps the picture in the mirror, and says where it is. */
export function useKeep(mirror: Keepable): () => void {
  return useCallback(() => {
    void mirror.keep().then((keeping) => {
      if (keeping) {
        useStore.setState({ message: wordsFor(keeping) });
      }
    });
  }, [mirror]);
}

function wordsFor(keeping: Keeping): string {
  return keeping.place === 'server' ? t('kept.server') : t(`kept.visit.${keeping.because.kind}`);
}
