import { ChevronDown, ChevronUp } from 'lucide-react';
import { useEffect, useRef, useState, type PointerEvent, type ReactNode } from 'react';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import { LookPanel } from './LookPanel';
import styles from './LookTray.module.css';
import { OfferNote } from './OfferNote';
import { Swatch } from './Swatch';
import { shapeOf } from './swatch-shape';
import { useWornTitle, type Wear } from './use-looks';

const dragPixels = 32;

interface LookTrayProps {
  readonly wear: Wear;
  /** All there is to choose. */
  readonly panel?: ReactNode;
}

/** The looks on a phone: one row under the mirror, and a handle that opens all of them to half height. */
export function LookTray({ wear, panel = <LookPanel wear={wear} /> }: LookTrayProps) {
  const [open, setOpen] = useState(false);
  const kind = useStore((state) => state.kind);
  const title = useWornTitle();
  const dragFrom = useRef(0);
  const drag = ({ clientY }: PointerEvent) => {
    const moved = clientY - dragFrom.current;
    if (Math.abs(moved) > dragPixels) {
      setOpen(moved < 0);
    }
  };
  useEffect(() => {
    const close = ({ key }: KeyboardEvent) => key === 'Escape' && setOpen(false);
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, []);
  const Chevron = open ? ChevronDown : ChevronUp;
  return (
    <section className={styles.tray} data-open={open} aria-label={t(`looks.label.${kind}`)}>
      <button
        type="button"
        className={styles.handle}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        onPointerDown={({ clientY }) => (dragFrom.current = clientY)}
        onPointerUp={drag}
      >
        <span className={styles.title}>{title}</span>
        <Chevron aria-hidden size={20} strokeWidth={1.75} />
        <span className="visually-hidden">{t(open ? 'looks.close' : 'looks.open')}</span>
      </button>
      {open ? <div className={styles.sheet}>{panel}</div> : <LookRow wear={wear} />}
    </section>
  );
}

function LookRow({ wear }: { readonly wear: Wear }) {
  const catalog = useStore((state) => state.catalog);
  const worn = useStore((state) => state.look.item);
  const shape = useStore(({ mode }) => shapeOf(mode));
  const kind = useStore((state) => state.kind);
  const row = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const chosen = row.current?.querySelector('input:checked')?.parentElement;
    chosen?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [worn, catalog]);
  return (
    <fieldset className={styles.row} ref={row}>
      <legend className="visually-hidden">{t(`looks.label.${kind}`)}</legend>
      <OfferNote />
      {catalog.map((item) => (
        <Swatch
          key={item.id}
          item={item}
          shape={shape}
          group="row-looks"
          titled="bare"
          worn={item.id === worn}
          onWear={({ id }) => wear({ item: id, options: {} })}
        />
      ))}
    </fieldset>
  );
}
