import { X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import styles from './Dialog.module.css';
import { IconButton } from './IconButton';

interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  /** `wide` for pictures, on a screen that has the room. */
  readonly size?: 'plain' | 'wide';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A sheet over the page: from below on a phone, in the middle elsewhere. Escape and the backdrop close it. */
export function Dialog({ title, closeLabel, size = 'plain', onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label={title}
      data-size={size}
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && currentTarget.close()}
    >
      <div className={styles.body}>
        <header>
          <h2>{title}</h2>
          <IconButton icon={X} label={closeLabel} onClick={() => dialog.current?.close()} />
        </header>
        {children}
      </div>
    </dialog>
  );
}
