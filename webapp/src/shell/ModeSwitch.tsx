import { useState } from 'react';
import { useStore } from '../session/store';
import { troubleOf } from '../session/trouble';
import { t } from './messages';
import styles from './ModeSwitch.module.css';
import { useMirror } from './page-context';
import { troubleWords } from './trouble-words';

/** Turns between the engines that the page has something for; with one alone it only says which. */
export function ModeSwitch() {
  const mirror = useMirror();
  const engines = useStore((state) => state.engines);
  const mode = useStore((state) => state.mode);
  // What was asked for is shown as chosen at once, while it is on its way.
  const [wanted, setWanted] = useState<string>();
  const choose = (id: string) => {
    setWanted(id);
    mirror
      .choose(id)
      .catch((error: unknown) => useStore.setState({ message: troubleWords(troubleOf(error)) }))
      .finally(() => setWanted(undefined));
  };
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
            checked={id === (wanted ?? mode)}
            onChange={() => choose(id)}
          />
          <span>{title}</span>
        </label>
      ))}
    </fieldset>
  );
}
