import { useKeep } from '../results/use-keep';
import { useStore } from '../session/store';
import { t } from './messages';
import { useMirror } from './page-context';
import styles from './Shutter.module.css';

/** Keeps what the mirror shows. */
export function Shutter() {
  const mirror = useMirror();
  const none = useStore((state) => state.source === 'none');
  const keep = useKeep(mirror);
  return (
    <button
      type="button"
      className={styles.shutter}
      aria-label={t('controls.keep')}
      title={t('controls.keep')}
      disabled={none}
      onClick={keep}
    />
  );
}
