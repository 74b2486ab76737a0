import { useStore } from '../session/store';
import { t } from '../shell/messages';
import type { OptionValue } from '../client';
import { ChoiceField } from './ChoiceField';
import { ColorField } from './ColorField';
import type { OptionField } from './option-fields';
import styles from './OptionControls.module.css';
import { RangeField } from './RangeField';
import { ToggleField } from './ToggleField';
import { useOptionValues, type Wear } from './use-looks';

/** Controls made from the engine's option schema; what is changed here is worn on top of the look. */
export function OptionControls({ wear }: { readonly wear: Wear }) {
  const fields = useStore((state) => state.fields);
  const look = useStore((state) => state.look);
  const values = useOptionValues();
  const changed = Object.keys(look.options).length > 0;
  if (fields.length === 0) {
    return null;
  }
  return (
    <section className={styles.options} aria-label={t('looks.options')}>
      <header>
        <h2>{t('looks.options')}</h2>
        <button
          type="button"
          disabled={!changed || look.item === undefined}
          onClick={() => wear({ ...look, options: {} })}
        >
          {t('looks.reset')}
        </button>
      </header>
      {fields.map((field) => (
        <Control
          key={field.name}
          field={field}
          value={values[field.name] ?? field.initial}
          onChange={(value) => wear({ ...look, options: { ...look.options, [field.name]: value } })}
        />
      ))}
    </section>
  );
}

interface ControlProps {
  readonly field: OptionField;
  readonly value: OptionValue;
  readonly onChange: (value: OptionValue) => void;
}

function Control({ field, value, onChange }: ControlProps) {
  switch (field.kind) {
    case 'choice':
      return <ChoiceField field={field} value={String(value)} onChange={onChange} />;
    case 'color':
      return <ColorField field={field} value={String(value)} onChange={onChange} />;
    case 'range':
      return <RangeField field={field} value={Number(value)} onChange={onChange} />;
    case 'toggle':
      return <ToggleField field={field} value={value === true} onChange={onChange} />;
  }
}
