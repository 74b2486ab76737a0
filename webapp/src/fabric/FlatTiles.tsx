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
  const shape = tile ? tile.width / tile.height : 1;
  return (
    <div className={styles.tiles}>
      <div className={styles.room}>
        <div
          role="img"
          aria-label={t('fabric.view.flat', { title })}
          style={
            {
              '--shape': shape,
              backgroundImage: `url("${open.addresses.basecolor}")`,
            } as React.CSSProperties
          }
        />
      </div>
      {why === 'impossible' && <p>{t('fabric.flat')}</p>}
    </div>
  );
}
