import { useState, type ReactNode } from 'react';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import { useWide } from '../shell/use-wide';
import chips from './Chips.module.css';
import { LookFinder } from './LookFinder';
import styles from './LookPanel.module.css';
import { OptionControls } from './OptionControls';
import { useWornTitle, type Wear } from './use-looks';

const parts = ['looks', 'options'] as const;

interface LookPanelProps {
  readonly wear: Wear;
  /** What there is to choose of the worn look; made from the engine's options if left out. */
  readonly options?: ReactNode;
}

/** Everything there is to choose: the looks and the worn look's options, one above the other where there is room. */
export function LookPanel({ wear, options = <OptionControls wear={wear} /> }: LookPanelProps) {
  const wide = useWide();
  const kind = useStore((state) => state.kind);
  const title = useWornTitle();
  const [part, setPart] = useState<(typeof parts)[number]>('looks');
  if (wide) {
    return (
      <div className={styles.panel}>
        <p className={styles.wearing}>
          <span>{t(`looks.wearing.${kind}`)}</span>
          <strong>{title}</strong>
        </p>
        <LookFinder wear={wear} />
        {options}
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
            <span>{t(each === 'looks' ? `looks.label.${kind}` : 'looks.options')}</span>
          </label>
        ))}
      </div>
      {part === 'looks' ? <LookFinder wear={wear} /> : options}
    </div>
  );
}
