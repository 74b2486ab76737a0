import { useEffect } from 'react';
import { useMirror } from './page-context';

/** The key that shows the picture without the look for as long as it is held. */
const compareKey = 'b';

/** Keys that work everywhere but in text. Draws nothing. */
export function Keys() {
  const mirror = useMirror();
  useEffect(() => {
    const turn = (side: 'before' | 'after') => (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLInputElement && event.target.type === 'search';
      if (event.key.toLowerCase() === compareKey && !typing && !event.repeat && !event.metaKey) {
        mirror.turn(side);
      }
    };
    const down = turn('before');
    const up = turn('after');
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
    };
  }, [mirror]);
  return null;
}
