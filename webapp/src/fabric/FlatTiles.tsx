import { t } from '../shell/messages';
import styles from './MaterialPane.module.css';
import type { OpenMaps } from './use-maps';

interface FlatTilesProps {
  readonly open: OpenMaps;
  readonly title: string;
  readonly why: 'impossible' | 'missing';
}

/** The material's colour, three by three tiles: all that a browser shows which draws nothing in three dimensions. */
export function FlatTiles({ open, title, why }: FlatTilesProps) {
  const { tile } = open.material;
  return (
    <div className={styles.tiles}>
      <div
        role="img"
        aria-label={t('fabric.view.flat', { title })}
        style={{
          backgroundImage: `url("${open.addresses.basecolor}")`,
          aspectRatio: tile ? tile.width / tile.height : 1,
        }}
      />
      {why === 'impossible' && <p>{t('fabric.flat')}</p>}
    </div>
  );
}
