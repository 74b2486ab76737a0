import { useStore } from '../session/store';
import { t } from '../shell/messages';
import styles from './OfferNote.module.css';

/** Says so when the looks could not be loaded; nothing otherwise. */
export function OfferNote() {
  const unreachable = useStore(({ offer }) => offer === 'unreachable');
  return unreachable ? (
    <p className={styles.note} role="status">
      {t('notice.unloaded')}
    </p>
  ) : null;
}
