import { useId } from 'react';
import styles from './Field.module.css';
import type { OptionField } from './option-fields';

interface RangeFieldProps {
  readonly field: Extract<OptionField, { kind: 'range' }>;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

const steps = 100;

/** A number between two ends; shares of one are shown in per cent. */
export function RangeField({ field, value, onChange }: RangeFieldProps) {
  const { title, least, most, step = (most - least) / steps } = field;
  const id = useId();
  const span = most - least;
  const shown =
    least >= 0 && most <= 1 ? `${Math.round(value * 100)} %` : String(Number(value.toFixed(2)));
  const percent = span === 0 ? 0 : ((value - least) / span) * 100;
  return (
    <div className={styles.field}>
      <div className={styles.line}>
        <label className={styles.title} htmlFor={id}>
          {title}
        </label>
        <output htmlFor={id}>{shown}</output>
      </div>
      <input
        id={id}
        type="range"
        className={styles.range}
        style={{ '--filled': `${percent}%` } as React.CSSProperties}
        min={least}
        max={most}
        step={step}
        value={value}
        aria-valuetext={shown}
        onChange={({ target }) => onChange(Number(target.valueAsNumber.toFixed(4)))}
      />
    </div>
  );
}
