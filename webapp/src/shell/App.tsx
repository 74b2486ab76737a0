import { useEffect } from 'react';
import { LookPanel } from '../looks/LookPanel';
import { LookTray } from '../looks/LookTray';
import { ResultStrip } from '../results/ResultStrip';
import { useStore } from '../session/store';
import styles from './App.module.css';
import { Controls } from './Controls';
import { Keys } from './Keys';
import { t } from './messages';
import { useAlbum, useMirror } from './page-context';
import { Stage } from './Stage';
import { Toast } from './Toast';
import { TopBar } from './TopBar';
import { useWide } from './use-wide';

/** The page: the mirror first, the looks beside or below it. */
export function App() {
  const mirror = useMirror();
  const album = useAlbum();
  const wide = useWide();
  const title = useStore(({ engines, mode }) => engines.find(({ id }) => id === mode)?.title);
  useEffect(() => {
    mirror.begin().catch(() => undefined);
    album.open().catch(() => undefined);
  }, [mirror, album]);
  useEffect(() => {
    document.title = title === undefined ? t('app.name') : t('app.title', { mode: title });
  }, [title]);
  const wear = mirror.wear.bind(mirror);
  return (
    <div className={styles.page} id="page">
      <main className={styles.mirror}>
        <h1 className="visually-hidden">{title ?? t('app.name')}</h1>
        <TopBar />
        <Stage />
        {!wide && <LookTray wear={wear} />}
        <Controls>{wide && <ResultStrip />}</Controls>
      </main>
      {wide && (
        <aside className={styles.looks} aria-label={t('looks.label')}>
          <LookPanel wear={wear} />
        </aside>
      )}
      <Toast />
      <Keys />
    </div>
  );
}
