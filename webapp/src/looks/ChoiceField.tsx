import { useId } from 'react';
import chips from './Chips.module.css';
import styles from './Field.module.css';
import { inWords, type OptionField } from './option-fields';

interface ChoiceFieldProps {
  readonly field: Extract<OptionField, { kind: 'choice' }>;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One of a few words. */
export function ChoiceField({ field, value, onChange }: ChoiceFieldProps) {
  const group = useId();
  return (
    <fieldset className={styles.field}>
      <legend className={styles.title}>{field.title}</legend>
      <div className={chips.wrap}>
        {field.values.map((word) => (
          <label key={word} className={chips.chip}>
            <input
              type="radio"
              className="visually-hidden"
              name={group}
              checked={word === value}
              onChange={() => onChange(word)}
            />
            <span>{inWords(word)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
