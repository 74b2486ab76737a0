import { useSyncExternalStore } from 'react';

/** Whether the page fills the screen, and what changes that; nothing where the browser cannot. */
export function useFullScreen(): [boolean, (() => void) | undefined] {
  const full = useSyncExternalStore(
    (changed) => {
      document.addEventListener('fullscreenchange', changed);
      return () => document.removeEventListener('fullscreenchange', changed);
    },
    () => document.fullscreenElement !== null,
  );
  if (!document.fullscreenEnabled) {
    return [false, undefined];
  }
  const toggle = () =>
    void (full ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  return [full, toggle];
}
