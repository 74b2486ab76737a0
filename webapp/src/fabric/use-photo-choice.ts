import { useCallback } from 'react';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import { useScanner } from '../shell/page-context';

/** Scans a chosen, taken or dropped photo, and says so if it is no picture. */
export function usePhotoChoice(): (file: Blob | undefined) => void {
  const scanner = useScanner();
  return useCallback(
    (file) => {
      if (file) {
        scanner
          .usePhoto(file)
          .catch(() => useStore.setState({ message: t('stage.photo-unreadable') }));
      }
    },
    [scanner],
  );
}
