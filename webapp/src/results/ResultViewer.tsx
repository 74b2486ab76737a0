import { useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from '../session/store';
import { Dialog } from '../shell/Dialog';
import { t } from '../shell/messages';
import { AlbumNote } from './AlbumNote';
import { ResultActions } from './ResultActions';
import { ResultList } from './ResultList';
import { ResultPicture } from './ResultPicture';
import styles from './Results.module.css';
import { useTitle } from './use-title';

interface ResultViewerProps {
  /** The picture to begin with. */
  readonly first: string | undefined;
  readonly onClose: () => void;
}

/** A kept picture, large, to save or delete; the others beside it. Arrow keys go from one to the next. */
export function ResultViewer({ first, onClose }: ResultViewerProps) {
  const results = useStore((state) => state.results);
  const full = useStore(({ album }) => album.room === 'none');
  const viewer = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(first);
  const at = Math.max(
    0,
    results.findIndex(({ id }) => id === chosen),
  );
  const kept = results[at];
  const title = useTitle(kept);
  const step = ({ key }: KeyboardEvent) => {
    const way = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
    const other = results[at + way];
    if (way !== 0 && other) {
      setChosen(other.id);
    }
  };
  const removed = () => {
    setChosen((results[at + 1] ?? results[at - 1])?.id);
    // The button that had the focus is gone.
    viewer.current?.focus();
  };
  return (
    <Dialog
      title={kept ? title : t('results.label')}
      closeLabel={t('results.close')}
      size="wide"
      onClose={onClose}
    >
      <div ref={viewer} className={styles.viewer} tabIndex={-1} onKeyDown={step}>
        {kept ? (
          <>
            <ResultPicture kept={kept} title={title} />
            <ResultList current={kept.id} onOpen={setChosen} />
            <ResultActions key={kept.id} kept={kept} onRemoved={removed} onShown={onClose} />
          </>
        ) : (
          <AlbumNote />
        )}
        {full && <p role="status">{t('results.full')}</p>}
      </div>
    </Dialog>
  );
}
