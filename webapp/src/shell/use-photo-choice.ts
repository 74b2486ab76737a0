import { useCallback } from 'react';
import { useStore } from '../session/store';
import { t } from './messages';
import { useMirror } from './page-context';

/** Takes a chosen or dropped file to the mirror, and says so if it is no picture. */
export function usePhotoChoice(): (file: File | undefined) => void {
  const mirror = useMirror();
  return useCallback(
    (file) => {
      if (file) {
        mirror
          .usePhoto(file)
          .catch(() => useStore.setState({ message: t('stage.photo-unreadable') }));
      }
    },
    [mirror],
  );
}
