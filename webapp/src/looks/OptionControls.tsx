import { useStore } from '../session/store';
import { isMessage, t } from '../shell/messages';
import type { OptionValue } from '../client';
import { ChoiceField } from './ChoiceField';
import { ColorField } from './ColorField';
import type { OptionField } from './option-fields';
import { NumberField } from './NumberField';
import styles from './OptionControls.module.css';
import { RangeField } from './RangeField';
import { ToggleField } from './ToggleField';
import { useOptionValues, type Wear } from './use-looks';

interface OptionControlsProps {
  readonly wear: Wear;
  /** Whether an option has a control here; all have if left out. */
  readonly shows?: (name: string) => boolean;
}

/** Controls made from the engine's option schema; what is changed here is worn on top of the look. */
export function OptionControls({ wear, shows = () => true }: OptionControlsProps) {
  const all = useStore((state) => state.fields);
  const fields = all.filter(({ name }) => shows(name)).map(inOurWords);
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

/** A field under a title that says more to a person than the engine's own, where the page has one. */
function inOurWords(field: OptionField): OptionField {
  const key = `option.${field.name}`;
  return isMessage(key) ? { ...field, title: t(key) } : field;
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
    case 'number':
      return <NumberField field={field} value={Number(value)} onChange={onChange} />;
    case 'toggle':
      return <ToggleField field={field} value={value === true} onChange={onChange} />;
  }
}
