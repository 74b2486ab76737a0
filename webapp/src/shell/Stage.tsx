import { useEffect, useRef, useState, type DragEvent, type PointerEvent } from 'react';
import { useStore } from '../session/store';
import { HintLine } from './HintLine';
import { t } from './messages';
import { useMirror } from './page-context';
import { Notice } from './Notice';
import styles from './Stage.module.css';
import { usePhotoChoice } from './use-photo-choice';
import { Welcome } from './Welcome';

/** The mirror itself, and what is said over it. Holding the picture shows it without the look. */
export function Stage() {
  const mirror = useMirror();
  const choosePhoto = usePhotoChoice();
  const canvas = useRef<HTMLCanvasElement>(null);
  const veil = useRef<HTMLCanvasElement>(null);
  const [dragged, setDragged] = useState(false);
  const source = useStore((state) => state.source);
  const phase = useStore(({ connection }) => connection.phase);
  const mirrored = useStore(
    ({ source: from, camera }) => from === 'camera' && camera.facing === 'user',
  );
  const side = useStore((state) => state.side);
  useEffect(() => {
    if (canvas.current && veil.current) {
      mirror.attach(canvas.current, veil.current);
    }
  }, [mirror]);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDragged(false);
    choosePhoto(event.dataTransfer.files[0]);
  };
  const hold = (event: PointerEvent<HTMLElement>) => {
    if (event.button === 0 && source !== 'none') {
      event.currentTarget.setPointerCapture(event.pointerId);
      mirror.turn('before');
    }
  };
  const release = () => mirror.turn('after');
  const frozen = phase === 'reconnecting' || phase === 'offline';
  return (
    <div
      className={styles.stage}
      data-source={source}
      data-frozen={frozen && source !== 'none'}
      data-dragged={dragged}
      onDragOver={(event) => {
        event.preventDefault();
        setDragged(true);
      }}
      onDragLeave={() => setDragged(false)}
      onDrop={drop}
    >
      <div
        className={styles.picture}
        data-mirrored={mirrored}
        onPointerDown={hold}
        onPointerUp={release}
        onPointerCancel={release}
        onContextMenu={(event) => event.preventDefault()}
      >
        <canvas ref={canvas} width={1} height={1} role="img" aria-label={t('stage.label')} />
        <canvas ref={veil} className={styles.veil} aria-hidden />
      </div>
      {side === 'before' && <p className={styles.before}>{t('controls.before')}</p>}
      {source === 'none' ? <Welcome /> : <HintLine />}
      <Notice />
      {dragged && <p className={styles.drop}>{t('stage.drop')}</p>}
    </div>
  );
}
