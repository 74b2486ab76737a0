import { useStore } from '../session/store';
import { isMessage, t } from '../shell/messages';
import styles from './FabricOptions.module.css';

/** What is known of the material on show, in one line. */
export function Facts() {
  const material = useStore(({ fabric }) => fabric.material);
  const scan = useStore(({ fabric }) => fabric.scan);
  if (!material) {
    return null;
  }
  const { cloth, tile } = material;
  const key = `fabric.cloth.${cloth}`;
  const words = isMessage(key) ? t(key) : cloth;
  const guessed = scan.phase === 'done' && scan.facts.sureOfCloth !== undefined;
  const facts = [
    ...(cloth === '' ? [] : [guessed ? t('fabric.facts.guessed', { cloth: words }) : words]),
    ...(scan.phase === 'done' && scan.facts.repeats ? [t('fabric.facts.repeats')] : []),
    tile
      ? t('fabric.facts.size', { width: short(tile.width), height: short(tile.height) })
      : t('fabric.facts.nominal'),
  ];
  const line = facts.join(', ');
  return <p className={styles.facts}>{line.charAt(0).toUpperCase() + line.slice(1)}.</p>;
}

function short(millimetres: number): string {
  return millimetres < 100 ? String(Math.round(10 * millimetres) / 10) : millimetres.toFixed(0);
}
