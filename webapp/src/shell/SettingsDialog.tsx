import type { QualityName } from '../client';
import chips from '../looks/Chips.module.css';
import fields from '../looks/Field.module.css';
import { useStore, type Copies, type Theme } from '../session/store';
import { Dialog } from './Dialog';
import { t } from './messages';
import { MyDataSection } from './MyDataSection';
import { useMirror } from './page-context';
import styles from './SettingsDialog.module.css';
import { useFullScreen } from './use-full-screen';

const qualities: readonly QualityName[] = ['low', 'balanced', 'high'];
const themes: readonly Theme[] = ['system', 'light', 'dark'];
const copiesKinds: readonly Copies[] = ['none', 'jpeg', 'png'];

/** The picture's quality, the page's appearance, where pictures are kept, and the person's own data. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const mirror = useMirror();
  const { quality, theme, copies } = useStore();
  const [full, toggleFull] = useFullScreen();
  return (
    <Dialog title={t('settings.title')} closeLabel={t('settings.close')} onClose={onClose}>
      <fieldset className={styles.qualities}>
        <legend className={fields.title}>{t('settings.quality')}</legend>
        {qualities.map((each) => (
          <label key={each} className={styles.quality}>
            <input
              type="radio"
              name="quality"
              className="visually-hidden"
              checked={each === quality}
              onChange={() => mirror.setQuality(each)}
            />
            <strong>{t(`settings.quality.${each}`)}</strong>
            <span>{t(`settings.quality.${each}.detail`)}</span>
          </label>
        ))}
      </fieldset>
      <Choice
        legend={t('settings.theme')}
        name="theme"
        values={themes.map((each) => [each, t(`settings.theme.${each}`)])}
        chosen={theme}
        onChoose={(each) => useStore.setState({ theme: each })}
      />
      <Choice
        legend={t('settings.copies')}
        name="copies"
        values={copiesKinds.map((each) => [each, t(`settings.copies.${each}`)])}
        chosen={copies}
        onChoose={(each) => useStore.setState({ copies: each })}
      />
      {toggleFull && (
        <button type="button" className={styles.action} onClick={toggleFull}>
          {t(full ? 'controls.window' : 'controls.fullscreen')}
        </button>
      )}
      <MyDataSection />
    </Dialog>
  );
}

interface ChoiceProps<Value extends string> {
  readonly legend: string;
  readonly name: string;
  readonly values: readonly (readonly [Value, string])[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}

function Choice<Value extends string>({ legend, name, values, ...rest }: ChoiceProps<Value>) {
  return (
    <fieldset className={fields.field}>
      <legend className={fields.title}>{legend}</legend>
      <div className={chips.wrap}>
        {values.map(([value, words]) => (
          <label key={value} className={chips.chip}>
            <input
              type="radio"
              name={name}
              className="visually-hidden"
              checked={value === rest.chosen}
              onChange={() => rest.onChoose(value)}
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
