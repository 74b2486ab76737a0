import { Maximize, ScanSearch } from 'lucide-react';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import { useScanner } from '../shell/page-context';
import { CornerHandles } from './CornerHandles';
import styles from './PhotoPane.module.css';

/** The photo with the cloth's corners on it. On a phone it lies small over the material, until one asks for it. */
export function PhotoPane({ front }: { readonly front: boolean }) {
  const scanner = useScanner();
  const photo = useStore(({ fabric }) => fabric.photo);
  const busy = useStore(
    ({ fabric: { scan } }) => scan.phase === 'sending' || scan.phase === 'scanning',
  );
  if (!photo) {
    return null;
  }
  const { address, width, height } = photo;
  return (
    <section className={styles.pane} data-front={front} aria-label={t('fabric.corners')}>
      <div className={styles.room}>
        <div
          className={styles.photo}
          style={
            {
              '--shape': width / height,
              aspectRatio: `${width} / ${height}`,
            } as React.CSSProperties
          }
        >
          <img src={address} alt={t('fabric.photo.alt')} draggable={false} />
          <CornerHandles photo={photo} />
        </div>
      </div>
      <div className={styles.ways} role="group" aria-label={t('fabric.corners')}>
        <button type="button" disabled={busy} onClick={() => void scanner.place('find')}>
          <ScanSearch aria-hidden size={18} strokeWidth={1.75} /> {t('fabric.find')}
        </button>
        <button type="button" disabled={busy} onClick={() => void scanner.place('whole')}>
          <Maximize aria-hidden size={18} strokeWidth={1.75} /> {t('fabric.whole')}
        </button>
      </div>
      {!front && (
        <button
          type="button"
          className={styles.aside}
          aria-label={t('fabric.photo.show')}
          onClick={() => scanner.turn('photo')}
        />
      )}
    </section>
  );
}
