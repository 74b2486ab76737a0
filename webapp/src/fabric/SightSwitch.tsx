import { sights } from '../session/fabric-view';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import { useScanner } from '../shell/page-context';
import styles from './SightSwitch.module.css';

/** What the material is shown on, or the photo it is made of. */
export function SightSwitch() {
  const scanner = useScanner();
  const sight = useStore(({ fabric }) => fabric.sight);
  const hasPhoto = useStore(({ fabric }) => fabric.photo !== undefined);
  return (
    <fieldset className={styles.switch}>
      <legend className="visually-hidden">{t('fabric.sight')}</legend>
      {sights
        .filter((each) => each !== 'photo' || hasPhoto)
        .map((each) => (
          <label key={each} className={styles.sight}>
            <input
              type="radio"
              className="visually-hidden"
              name="sight"
              checked={each === sight}
              onChange={() => scanner.turn(each)}
            />
            <span>{t(`fabric.sight.${each}`)}</span>
          </label>
        ))}
    </fieldset>
  );
}
