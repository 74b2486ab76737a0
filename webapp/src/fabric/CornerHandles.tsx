import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { cornerNames, type Spot } from '../session/corners';
import type { ShownPhoto } from '../session/fabric-view';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import { useScanner } from '../shell/page-context';
import styles from './CornerHandles.module.css';
import { Magnifier } from './Magnifier';

const step = 0.004;
const longStep = 0.02;
/** How long after the last key the photo is scanned anew. */
const settledMillis = 600;

const ways: Readonly<Record<string, Spot>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The cloth's corners: handles to drag, or to move with the arrow keys. Letting go scans what lies between them. */
export function CornerHandles({ photo }: { readonly photo: ShownPhoto }) {
  const scanner = useScanner();
  const corners = useStore(({ fabric }) => fabric.corners);
  const frame = useRef<HTMLDivElement>(null);
  const settled = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [held, setHeld] = useState<{ at: number; dx: number; dy: number; moved: boolean }>();
  // The corners of another photo are its own.
  useEffect(() => () => clearTimeout(settled.current), [photo]);
  if (!corners) {
    return null;
  }
  const shareOf = ({ clientX, clientY }: PointerEvent): Spot => {
    const box = frame.current?.getBoundingClientRect();
    return box
      ? { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height }
      : { x: 0, y: 0 };
  };
  const take = (at: number) => (event: PointerEvent<HTMLElement>) => {
    if (event.button === 0) {
      event.currentTarget.setPointerCapture(event.pointerId);
      const [from, corner] = [shareOf(event), corners[at] ?? { x: 0, y: 0 }];
      setHeld({ at, dx: corner.x - from.x, dy: corner.y - from.y, moved: false });
    }
  };
  const drag = (event: PointerEvent) => {
    if (held) {
      const { x, y } = shareOf(event);
      scanner.moveCorner(held.at, { x: x + held.dx, y: y + held.dy });
      setHeld({ ...held, moved: true });
    }
  };
  const release = () => {
    if (held?.moved) {
      void scanner.place('corners');
    }
    setHeld(undefined);
  };
  const push = (at: number) => (event: KeyboardEvent) => {
    const way = ways[event.key];
    const corner = corners[at];
    if (way && corner) {
      event.preventDefault();
      const by = event.shiftKey ? longStep : step;
      scanner.moveCorner(at, { x: corner.x + by * way.x, y: corner.y + by * way.y });
      clearTimeout(settled.current);
      settled.current = setTimeout(() => void scanner.place('corners'), settledMillis);
    }
  };
  const outline = corners.map(({ x, y }) => `${x} ${y}`).join('L');
  return (
    <div ref={frame} className={styles.frame} data-held={held !== undefined}>
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden>
        <path className={styles.outside} d={`M0 0H1V1H0ZM${outline}Z`} fillRule="evenodd" />
        <path className={styles.edge} d={`M${outline}Z`} />
      </svg>
      {cornerNames.map((name, at) => {
        const { x, y } = corners[at] ?? { x: 0, y: 0 };
        const places = { x: Math.round(100 * x), y: Math.round(100 * y) };
        return (
          <button
            key={name}
            type="button"
            className={styles.handle}
            data-corner={name}
            style={{ left: `${100 * x}%`, top: `${100 * y}%` }}
            title={t('fabric.corners.help')}
            aria-label={t('fabric.corner.at', { corner: t(`fabric.corner.${name}`), ...places })}
            onPointerDown={take(at)}
            onPointerMove={drag}
            onPointerUp={release}
            onPointerCancel={release}
            onKeyDown={push(at)}
          />
        );
      })}
      {held && <Magnifier photo={photo} spot={corners[held.at]} />}
    </div>
  );
}
