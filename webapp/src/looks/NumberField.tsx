import { useId, useState } from 'react';
import { t } from '../shell/messages';
import styles from './Field.module.css';
import type { OptionField } from './option-fields';

interface NumberFieldProps {
  readonly field: Extract<OptionField, { kind: 'number' }>;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** A number to type. The engine's own value is shown as nothing. */
export function NumberField({ field, value, onChange }: NumberFieldProps) {
  const { title, least, most, initial } = field;
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? (value === initial ? '' : String(value));
  const wanted = shown === '' ? initial : Number(shown);
  const fits = wanted >= least && wanted <= most;
  return (
    <div className={styles.field}>
      <label className={styles.title} htmlFor={id}>
        {title}
      </label>
      <input
        id={id}
        type="number"
        inputMode="decimal"
        className={styles.number}
        placeholder={t('looks.unset')}
        min={least}
        max={most}
        step="any"
        value={shown}
        aria-invalid={!fits}
        onChange={({ target }) => {
          setTyped(target.value);
          const next = target.value === '' ? initial : target.valueAsNumber;
          if (next >= least && next <= most && next !== value) {
            onChange(next);
          }
        }}
        onBlur={() => setTyped(undefined)}
      />
    </div>
  );
}
