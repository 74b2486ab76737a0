import { useState } from 'react';
import { useStore } from '../session/store';
import { AlbumNote } from './AlbumNote';
import { ResultList } from './ResultList';
import styles from './Results.module.css';
import { ResultViewer } from './ResultViewer';

/** On a wide screen: the kept pictures in a strip below the mirror. */
export function ResultStrip() {
  const none = useStore(({ results }) => results.length === 0);
  const [open, setOpen] = useState<string>();
  return (
    <div className={styles.shelf}>
      {none ? <AlbumNote /> : <ResultList onOpen={setOpen} />}
      {open !== undefined && <ResultViewer first={open} onClose={() => setOpen(undefined)} />}
    </div>
  );
}
