import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useStore, type Kept } from '../session/store';
import { Dialog } from '../shell/Dialog';
import { t } from '../shell/messages';
import styles from './Results.module.css';

interface ResultViewerProps {
  readonly first: string;
  readonly onClose: () => void;
}

/** A kept picture, large, to save again or remove; the others beside it. */
export function ResultViewer({ first, onClose }: ResultViewerProps) {
  const results = useStore((state) => state.results);
  const [chosen, setChosen] = useState(first);
  const kept = results.find(({ id }) => id === chosen) ?? results[0];
  if (!kept) {
    return null;
  }
  return (
    <Dialog title={kept.title} closeLabel={t('results.close')} onClose={onClose}>
      <img
        className={styles.picture}
        src={kept.jpeg}
        width={kept.width}
        height={kept.height}
        alt={kept.title}
      />
      {results.length > 1 && (
        <ul className={styles.strip} aria-label={t('results.label')}>
          {results.map(({ id, jpeg, title }) => (
            <li key={id}>
              <button
                type="button"
                className={styles.thumb}
                aria-label={title}
                aria-current={id === kept.id}
                onClick={() => setChosen(id)}
              >
                <img src={jpeg} alt="" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.actions}>
        <a href={kept.jpeg} download={`${kept.id}.jpg`}>
          <Download aria-hidden size={18} strokeWidth={1.75} /> {t('results.jpeg')}
        </a>
        <a href={kept.png} download={`${kept.id}.png`}>
          <Download aria-hidden size={18} strokeWidth={1.75} /> {t('results.png')}
        </a>
        <button type="button" onClick={() => remove(kept)}>
          <Trash2 aria-hidden size={18} strokeWidth={1.75} /> {t('results.remove')}
        </button>
      </div>
    </Dialog>
  );
}

function remove(kept: Kept): void {
  URL.revokeObjectURL(kept.jpeg);
  URL.revokeObjectURL(kept.png);
  useStore.setState(({ results }) => ({ results: results.filter(({ id }) => id !== kept.id) }));
}
