import { useSyncExternalStore } from 'react';

const wide = matchMedia('(min-width: 1024px), (min-width: 640px) and (max-height: 520px)');

/** Whether the mirror and the looks stand side by side. The style sheets ask the same question. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      wide.addEventListener('change', changed);
      return () => wide.removeEventListener('change', changed);
    },
    () => wide.matches,
  );
}
