import { ImageOff, Smartphone } from 'lucide-react';
import { useRef } from 'react';
import type { Kept, KeptFile } from '../session/kept';
import styles from './Thumb.module.css';
import { useFullName } from './use-title';
import { useKeptFile } from './use-kept-file';
import { useSeen } from './use-seen';

interface ThumbProps {
  readonly kept: Kept;
  readonly current?: boolean;
  /** Said instead of the picture's own name. */
  readonly label?: string;
  readonly onOpen: (id: string) => void;
}

/** A kept picture, thumb-sized. Its file is fetched once it comes into view. */
export function Thumb({ kept, current = false, label, onOpen }: ThumbProps) {
  const button = useRef<HTMLButtonElement>(null);
  const seen = useSeen(button);
  const name = useFullName(kept);
  const { address, failed } = useKeptFile(seen ? thumbnailOf(kept) : undefined);
  const picture = heldAddress(kept) ?? address;
  const underway = kept.place === 'underway';
  return (
    <button
      ref={button}
      type="button"
      className={styles.thumb}
      data-place={kept.place}
      data-id={kept.id}
      aria-label={label ?? name}
      aria-current={current}
      aria-busy={underway}
      aria-disabled={underway}
      title={name}
      onClick={() => underway || onOpen(kept.id)}
    >
      {picture !== undefined && <img src={picture} alt="" />}
      {failed && <ImageOff aria-hidden size={20} strokeWidth={1.75} />}
      {kept.place === 'visit' && (
        <span className={styles.here}>
          <Smartphone aria-hidden size={12} strokeWidth={2} />
        </span>
      )}
    </button>
  );
}

function thumbnailOf(kept: Kept): KeptFile | undefined {
  return kept.place === 'server' ? kept.thumbnail : undefined;
}

function heldAddress(kept: Kept): string | undefined {
  switch (kept.place) {
    case 'server':
      return undefined;
    case 'visit':
      return kept.jpeg;
    case 'underway':
      return kept.preview;
  }
}
