import { useStore } from '../session/store';
import { HandArt } from './HandArt';
import styles from './HintLine.module.css';
import { isMessage, t } from './messages';

/**
 * What would make the picture better, as one line, or why it moves slowly; with no hand in view also an outline of where it
 * should be.
 */
export function HintLine() {
  const hint = useStore((state) => state.hint);
  const source = useStore((state) => state.source);
  const slowed = useStore((state) => state.pace === 'slowed') && source === 'camera';
  const key = `hint.${hint?.code ?? ''}`;
  const own = t(isMessage(key) ? key : 'hint.other');
  const noHand = hint?.code.endsWith('HAND_NOT_DETECTED') === true && source === 'camera';
  return (
    <>
      {noHand && (
        <div className={styles.outline} data-testid="outline">
          <HandArt drawing={{ kind: 'outline' }} />
        </div>
      )}
      <p className={styles.line} role="status" data-shown={hint !== undefined || slowed}>
        {hint ? (hint.suggestion ?? own) : slowed && t('hint.slowed')}
      </p>
    </>
  );
}
