import styles from './Field.module.css';
import type { OptionField } from './option-fields';

interface ToggleFieldProps {
  readonly field: Extract<OptionField, { kind: 'toggle' }>;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

/** On or off. */
export function ToggleField({ field, value, onChange }: ToggleFieldProps) {
  return (
    <label className={styles.toggle}>
      <span className={styles.title}>{field.title}</span>
      <input
        type="checkbox"
        role="switch"
        className="visually-hidden"
        checked={value}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span className={styles.track} aria-hidden />
    </label>
  );
}
