import type { Spot } from '../session/corners';
import type { ShownPhoto } from '../session/fabric-view';
import styles from './CornerHandles.module.css';

/** So many times the width of the shown photo is what the glass shows it at. */
const times = 4;

/** What lies under the finger, larger and beside it. */
export function Magnifier({ photo, spot }: { photo: ShownPhoto; spot: Spot | undefined }) {
  if (!spot) {
    return null;
  }
  // Above the finger; below it where there is no room above.
  const below = spot.y < 0.3;
  return (
    <div
      className={styles.glass}
      data-below={below}
      style={{ left: `${100 * spot.x}%`, top: `${100 * spot.y}%` }}
      aria-hidden
    >
      <img
        src={photo.address}
        alt=""
        style={{
          width: `${100 * times}cqw`,
          translate: `${-100 * spot.x}% ${-100 * spot.y}%`,
        }}
      />
    </div>
  );
}
