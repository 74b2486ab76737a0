import type { KeyboardEvent } from 'react';
import { useStore } from '../session/store';
import styles from './CompareButton.module.css';
import { t } from './messages';
import { useMirror } from './page-context';

/** Shows the picture without the look for as long as it is held, by finger or key; a screen reader's click toggles. */
export function CompareButton() {
  const mirror = useMirror();
  const none = useStore((state) => state.source === 'none');
  const side = useStore((state) => state.side);
  const before = () => mirror.turn('before');
  const after = () => mirror.turn('after');
  const onPress = (act: () => void) => (event: KeyboardEvent) => {
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      act();
    }
  };
  return (
    <button
      type="button"
      className={styles.compare}
      title={t('controls.compare')}
      aria-pressed={side === 'before'}
      disabled={none}
      onPointerDown={before}
      onPointerUp={after}
      onPointerLeave={after}
      onPointerCancel={after}
      onKeyDown={onPress(before)}
      onKeyUp={onPress(after)}
      onBlur={after}
      onContextMenu={(event) => event.preventDefault()}
      onClick={(event) => {
        const fromReader = event.detail === 0;
        if (fromReader) {
          mirror.turn(side === 'before' ? 'after' : 'before');
        }
      }}
    >
      {t('controls.before')}
    </button>
  );
}
