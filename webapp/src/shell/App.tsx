import { Suspense, lazy, useEffect } from 'react';
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

/** Whoever only looks into the mirror loads nothing of the fabric mode. */
const FabricMain = lazy(() => import('../fabric/FabricMain'));
const FabricPanel = lazy(() => import('../fabric/FabricPanel'));

/** The page: the mirror first, the looks beside or below it; or in its place photo and material. */
export function App() {
  const mirror = useMirror();
  const album = useAlbum();
  const wide = useWide();
  const kind = useStore((state) => state.kind);
  const title = useStore(({ engines, mode }) => engines.find(({ id }) => id === mode)?.title);
  useEffect(() => {
    mirror.begin().catch(() => undefined);
    album.open().catch(() => undefined);
  }, [mirror, album]);
  useEffect(() => {
    document.title = title === undefined ? t('app.name') : t('app.title', { mode: title });
  }, [title]);
  const wear = mirror.wear.bind(mirror);
  const fabric = kind === 'fabric';
  return (
    <div className={styles.page} id="page">
      <main className={styles.mirror}>
        <h1 className="visually-hidden">{title ?? t('app.name')}</h1>
        <TopBar />
        <div className={styles.stage} hidden={fabric}>
          <Stage />
        </div>
        {fabric ? (
          <Suspense>
            <FabricMain />
          </Suspense>
        ) : (
          <>
            {!wide && <LookTray wear={wear} />}
            <Controls>{wide && <ResultStrip />}</Controls>
            <Keys />
          </>
        )}
      </main>
      {wide && (
        <aside className={styles.looks} aria-label={t(`looks.label.${kind}`)}>
          {fabric ? (
            <Suspense>
              <FabricPanel />
            </Suspense>
          ) : (
            <LookPanel wear={wear} />
          )}
        </aside>
      )}
      <Toast />
    </div>
  );
}
