import { useId } from 'react';
import { isMessage, t } from '../shell/messages';
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
            <span>{nameOf(field.name, word)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What a choice is called: as the page says it where it has words, else the engine's own word. */
function nameOf(option: string, word: string): string {
  const key = `option.${option}.${word}`;
  return isMessage(key) ? t(key) : inWords(word);
}
