import { useRef, type KeyboardEvent } from 'react';
import { useWornTitle } from '../looks/use-looks';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import { useScanner } from '../shell/page-context';
import { FlatTiles } from './FlatTiles';
import styles from './MaterialPane.module.css';
import { useClothStage } from './use-cloth-stage';
import { useDressed } from './use-dressed';
import { useMaps } from './use-maps';

const turn = Math.PI / 18;
const step = 1.15;

/** What each key does to what is looked at. */
const keys: Readonly<Record<string, { around?: number; up?: number; nearer?: number }>> = {
  ArrowLeft: { around: turn },
  ArrowRight: { around: -turn },
  ArrowUp: { up: -turn },
  ArrowDown: { up: turn },
  '+': { nearer: step },
  '=': { nearer: step },
  '-': { nearer: 1 / step },
};

/** The material on its shape, to be turned by hand; flat where the browser draws nothing in three dimensions. */
export function MaterialPane() {
  const scanner = useScanner();
  const canvas = useRef<HTMLCanvasElement>(null);
  const title = useWornTitle();
  const material = useStore(({ fabric }) => fabric.material);
  const shape = useStore(({ fabric }) => fabric.shape);
  const waiting = useStore(({ fabric }) => !fabric.material && fabric.photo !== undefined);
  const begun = useStore(({ fabric }) => fabric.begun === 'yes');
  const aside = useStore(({ fabric }) => fabric.sight === 'photo');
  const { open, failed } = useMaps(material);
  const drawing = useClothStage(canvas);
  const worn = useDressed(drawing, open);
  const flat = drawing.phase === 'impossible' || drawing.phase === 'missing';
  const steer = (event: KeyboardEvent) => {
    const steering = keys[event.key];
    if (steering && drawing.phase === 'ready') {
      event.preventDefault();
      drawing.stage.steer(steering);
    }
  };
  return (
    <div
      className={styles.pane}
      data-testid="material"
      data-worn={worn}
      data-shape={shape}
      data-below={begun ? 'switch' : 'nothing'}
    >
      <canvas
        ref={canvas}
        className={styles.canvas}
        data-shown={worn !== undefined && material !== undefined}
        role="img"
        tabIndex={flat || waiting ? -1 : 0}
        aria-label={t(`fabric.view.${shape}`, { title })}
        hidden={flat}
        onKeyDown={steer}
      />
      {flat && open && <FlatTiles open={open} title={title} why={drawing.phase} />}
      {waiting && <p className={styles.note}>{t('fabric.later')}</p>}
      {failed && (
        <p className={styles.note} role="alert">
          {t('fabric.undrawn')}
        </p>
      )}
      {!flat && material && worn === undefined && !failed && (
        <p className={styles.note} role="status">
          {t('fabric.drawing')}
        </p>
      )}
      {aside && (
        <button
          type="button"
          className={styles.aside}
          aria-label={t(`fabric.sight.${shape}`)}
          onClick={() => scanner.turn(shape)}
        />
      )}
    </div>
  );
}
