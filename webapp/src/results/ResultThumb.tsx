import { useState } from 'react';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import styles from './Results.module.css';
import { ResultViewer } from './ResultViewer';

/** On a phone: the newest kept picture, which opens all of them. */
export function ResultThumb() {
  const newest = useStore((state) => state.results[0]);
  const [open, setOpen] = useState(false);
  return (
    <>
      {newest && (
        <button
          type="button"
          className={styles.thumb}
          aria-label={t('controls.results')}
          onClick={() => setOpen(true)}
        >
          <img src={newest.jpeg} alt="" />
        </button>
      )}
      {open && newest && <ResultViewer first={newest.id} onClose={() => setOpen(false)} />}
    </>
  );
}
