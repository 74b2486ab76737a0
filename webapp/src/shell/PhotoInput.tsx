import type { ReactNode } from 'react';
import { usePhotoChoice } from './use-photo-choice';

interface PhotoInputProps {
  readonly className: string | undefined;
  readonly label?: string;
  readonly children: ReactNode;
}

/** A label that opens the file chooser for a photo. */
export function PhotoInput({ className, label, children }: PhotoInputProps) {
  const choose = usePhotoChoice();
  return (
    <label className={className} title={label}>
      <input
        type="file"
        accept="image/*"
        className="visually-hidden"
        aria-label={label}
        onChange={({ target }) => {
          choose(target.files?.[0]);
          target.value = '';
        }}
      />
      {children}
    </label>
  );
}
