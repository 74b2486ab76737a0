import type { CatalogItem } from '../client';
import { LookArt } from './LookArt';
import styles from './Swatch.module.css';
import type { SwatchShape } from './swatch-shape';

interface SwatchProps {
  readonly item: CatalogItem;
  readonly shape: SwatchShape;
  /** Radio buttons of one name are one group. */
  readonly group: string;
  readonly worn: boolean;
  readonly titled: 'with-title' | 'bare';
  readonly onWear: (item: CatalogItem) => void;
}

/** A look to choose: a radio button that is drawn as the look. */
export function Swatch({ item, shape, group, worn, titled, onWear }: SwatchProps) {
  return (
    <label className={styles.swatch} data-item={item.id} title={item.title}>
      <input
        type="radio"
        className="visually-hidden"
        name={group}
        checked={worn}
        onChange={() => onWear(item)}
      />
      {item.material ? (
        <img
          className={styles.cloth}
          src={`${item.material.address}/thumbnail.jpg`}
          style={{ backgroundColor: item.swatch[0] }}
          loading="lazy"
          alt=""
        />
      ) : (
        <svg viewBox="-2 -2 44 60" aria-hidden className={styles.art}>
          <LookArt
            shape={shape}
            colors={item.swatch}
            pattern={item.options.pattern}
            finish={item.options.finish}
          />
        </svg>
      )}
      <span className={titled === 'bare' ? 'visually-hidden' : styles.title}>{item.title}</span>
    </label>
  );
}
