import { useStore } from '../session/store';
import styles from './ConnectionBadge.module.css';
import { FrameRate } from './FrameRate';
import { t } from './messages';

/** A dot and a word for the connection, and the frame rate while it is live. */
export function ConnectionBadge() {
  const phase = useStore(({ connection }) => connection.phase);
  const source = useStore((state) => state.source);
  const live = phase === 'live';
  if (phase === 'idle') {
    return null;
  }
  return (
    <p className={styles.badge} data-phase={phase} data-testid="connection">
      <span className={styles.dot} aria-hidden />
      <span role="status" className={live ? 'visually-hidden' : undefined}>
        {t(`connection.${phase}`)}
      </span>
      {live && source === 'camera' && <FrameRate />}
      {live && source === 'photo' && <span aria-hidden>{t('connection.photo')}</span>}
    </p>
  );
}
