import { Pipette } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import styles from './ColorField.module.css';
import fields from './Field.module.css';
import type { OptionField } from './option-fields';

interface ColorFieldProps {
  readonly field: Extract<OptionField, { kind: 'color' }>;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const mostColors = 11;

/** A colour: one that the catalogue uses, or any other. */
export function ColorField({ field, value, onChange }: ColorFieldProps) {
  const catalog = useStore((state) => state.catalog);
  const colors = useMemo(() => {
    const used = catalog.flatMap((item) => item.options[field.name] ?? []);
    return [...new Set(used.map((color) => String(color).toLowerCase()))].slice(0, mostColors);
  }, [catalog, field.name]);
  const chosen = value.toLowerCase();
  return (
    <fieldset className={fields.field}>
      <legend className={fields.title}>{field.title}</legend>
      <div className={styles.colors}>
        {colors.map((color) => (
          <label key={color} className={styles.color} title={color}>
            <input
              type="radio"
              className="visually-hidden"
              name={field.name}
              checked={color === chosen}
              onChange={() => onChange(color)}
            />
            <span className="visually-hidden">{color}</span>
            <span className={styles.dot} style={{ background: color }} />
          </label>
        ))}
        <label className={styles.color} data-own={!colors.includes(chosen)}>
          <input
            type="color"
            className="visually-hidden"
            aria-label={`${field.title}: ${t('looks.color')}`}
            value={chosen}
            onChange={({ target }) => onChange(target.value)}
          />
          <span className={styles.any} style={{ background: chosen }}>
            <Pipette aria-hidden size={16} strokeWidth={2} />
          </span>
        </label>
      </div>
    </fieldset>
  );
}
