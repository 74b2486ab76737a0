import { useState } from 'react';
import { t } from '../shell/messages';
import { useWide } from '../shell/use-wide';
import chips from './Chips.module.css';
import { LookFinder } from './LookFinder';
import styles from './LookPanel.module.css';
import { OptionControls } from './OptionControls';
import { useWornTitle, type Wear } from './use-looks';

const parts = ['looks', 'options'] as const;

/** Everything there is to choose: the looks and the worn look's options, one above the other where there is room. */
export function LookPanel({ wear }: { readonly wear: Wear }) {
  const wide = useWide();
  const title = useWornTitle();
  const [part, setPart] = useState<(typeof parts)[number]>('looks');
  if (wide) {
    return (
      <div className={styles.panel}>
        <p className={styles.wearing}>
          <span>{t('looks.wearing')}</span>
          <strong>{title}</strong>
        </p>
        <LookFinder wear={wear} />
        <OptionControls wear={wear} />
      </div>
    );
  }
  return (
    <div className={styles.panel}>
      <div className={styles.parts} role="group">
        {parts.map((each) => (
          <label key={each} className={chips.chip}>
            <input
              type="radio"
              name="part"
              className="visually-hidden"
              checked={each === part}
              onChange={() => setPart(each)}
            />
            <span>{t(`looks.part.${each}`)}</span>
          </label>
        ))}
      </div>
      {part === 'looks' ? <LookFinder wear={wear} /> : <OptionControls wear={wear} />}
    </div>
  );
}
