import { Images } from 'lucide-react';
import { useState } from 'react';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import styles from './Results.module.css';
import { ResultViewer } from './ResultViewer';
import { Thumb } from './Thumb';

/** On a phone: the newest kept picture, which opens all of them. */
export function ResultThumb() {
  const newest = useStore((state) => state.results[0]);
  const [open, setOpen] = useState(false);
  return (
    <>
      {newest ? (
        <Thumb kept={newest} label={t('controls.results')} onOpen={() => setOpen(true)} />
      ) : (
        <button
          type="button"
          className={styles.place}
          aria-label={t('controls.results')}
          title={t('controls.results')}
          onClick={() => setOpen(true)}
        >
          <Images aria-hidden size={20} strokeWidth={1.75} />
        </button>
      )}
      {open && <ResultViewer first={newest?.id} onClose={() => setOpen(false)} />}
    </>
  );
}
