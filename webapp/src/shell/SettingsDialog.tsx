import type { QualityName } from '../client';
import chips from '../looks/Chips.module.css';
import fields from '../looks/Field.module.css';
import { useStore, type KeepFormat, type Theme } from '../session/store';
import { Dialog } from './Dialog';
import { t } from './messages';
import { useMirror } from './mirror-context';
import styles from './SettingsDialog.module.css';
import { useFullScreen } from './use-full-screen';

const qualities: readonly QualityName[] = ['low', 'balanced', 'high'];
const themes: readonly Theme[] = ['system', 'light', 'dark'];
const formats: readonly KeepFormat[] = ['jpeg', 'png'];

/** The picture's quality, the page's appearance, the format of kept pictures. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const mirror = useMirror();
  const { quality, theme, keepFormat } = useStore();
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
        legend={t('settings.format')}
        name="format"
        values={formats.map((each) => [each, t(`settings.format.${each}`)])}
        chosen={keepFormat}
        onChoose={(each) => useStore.setState({ keepFormat: each })}
      />
      {toggleFull && (
        <button type="button" className={styles.action} onClick={toggleFull}>
          {t(full ? 'controls.window' : 'controls.fullscreen')}
        </button>
      )}
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
