import { useStore } from '../session/store';
import { t } from './messages';
import { useMirror } from './page-context';
import styles from './ModeSwitch.module.css';

/** Turns between the engines that the server offers live; with one alone it only says which. */
export function ModeSwitch() {
  const mirror = useMirror();
  const engines = useStore((state) => state.engines);
  const mode = useStore((state) => state.mode);
  if (engines.length < 2) {
    return <p className={styles.only}>{engines[0]?.title ?? t('app.name')}</p>;
  }
  return (
    <fieldset className={styles.switch}>
      <legend className="visually-hidden">{t('mode.label')}</legend>
      {engines.map(({ id, title }) => (
        <label key={id} className={styles.mode}>
          <input
            type="radio"
            className="visually-hidden"
            name="mode"
            checked={id === mode}
            onChange={() => void mirror.choose(id)}
          />
          <span>{title}</span>
        </label>
      ))}
    </fieldset>
  );
}
