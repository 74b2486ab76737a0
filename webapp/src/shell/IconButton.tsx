import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './IconButton.module.css';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'className'> {
  readonly icon: LucideIcon;
  readonly label: string;
}

/** A round button with an icon for the eye and a name for the ear. */
export function IconButton({ icon: Icon, label, ...rest }: IconButtonProps) {
  return (
    <button type="button" className={styles.button} aria-label={label} title={label} {...rest}>
      <Icon aria-hidden size={20} strokeWidth={1.75} />
    </button>
  );
}
