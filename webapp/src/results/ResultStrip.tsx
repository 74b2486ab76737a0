import { useState } from 'react';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import styles from './Results.module.css';
import { ResultViewer } from './ResultViewer';

/** On a wide screen: the kept pictures in a strip below the mirror. */
export function ResultStrip() {
  const results = useStore((state) => state.results);
  const [open, setOpen] = useState<string>();
  if (results.length === 0) {
    return <p className={styles.empty}>{t('results.empty')}</p>;
  }
  return (
    <>
      <ul className={styles.strip} aria-label={t('results.label')}>
        {results.map(({ id, jpeg, title }, index) => (
          <li key={id}>
            <button
              type="button"
              className={styles.thumb}
              aria-label={`${t('results.title', { number: results.length - index })}: ${title}`}
              onClick={() => setOpen(id)}
            >
              <img src={jpeg} alt="" />
            </button>
          </li>
        ))}
      </ul>
      {open !== undefined && <ResultViewer first={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}
