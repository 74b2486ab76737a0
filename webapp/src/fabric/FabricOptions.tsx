import { Lightbulb } from 'lucide-react';
import { OptionControls } from '../looks/OptionControls';
import optionStyles from '../looks/OptionControls.module.css';
import { RangeField } from '../looks/RangeField';
import type { MaterialTuning } from '../client';
import { placeOptions } from '../session/corners';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import { useScanner } from '../shell/page-context';
import { ExportButton } from './ExportButton';
import styles from './FabricOptions.module.css';
import { Facts } from './Facts';

/** What an item of the catalogue leaves to choose. */
const itemOptions: ReadonlySet<string> = new Set(['size']);

const sliders: readonly { name: keyof MaterialTuning; most: number }[] = [
  { name: 'relief', most: 3 },
  { name: 'roughness', most: 2 },
];

/** All that is to be chosen of the material on show: its surface, at once; how it is scanned; and to take it along. */
export function FabricOptions() {
  const scanner = useScanner();
  const tuning = useStore(({ fabric }) => fabric.tuning);
  const isItem = useStore(({ look }) => look.item !== undefined);
  const shows = (name: string) => (isItem ? itemOptions.has(name) : !placeOptions.has(name));
  return (
    <div className={styles.options}>
      <div className={styles.scroll}>
        <section className={styles.surface} aria-label={t('fabric.surface')}>
          <Facts />
          <Advice />
          {sliders.map(({ name, most }) => (
            <RangeField
              key={name}
              field={{
                kind: 'range',
                name,
                title: t(`fabric.${name}`),
                least: 0,
                most,
                step: 0.05,
                initial: 1,
              }}
              value={tuning[name]}
              onChange={(value) => scanner.tune({ ...tuning, [name]: value })}
            />
          ))}
        </section>
        <div className={optionStyles.embedded}>
          <OptionControls wear={scanner.wear.bind(scanner)} shows={shows} />
        </div>
      </div>
      <ExportButton />
    </div>
  );
}

/** What would make the scan better. */
function Advice() {
  const scan = useStore(({ fabric }) => fabric.scan);
  if (scan.phase !== 'done' || scan.facts.warnings.length === 0) {
    return null;
  }
  return (
    <ul className={styles.advice} aria-label={t('fabric.advice')}>
      {scan.facts.warnings.map(({ code, advice }) => (
        <li key={code}>
          <Lightbulb aria-hidden size={16} strokeWidth={1.75} />
          {advice}
        </li>
      ))}
    </ul>
  );
}
