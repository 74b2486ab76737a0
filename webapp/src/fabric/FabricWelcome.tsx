import { t } from '../shell/messages';
import styles from './FabricWelcome.module.css';
import { PhotoWays } from './PhotoWays';

/** Before there is a photo: what this is, and the two ways in. */
export function FabricWelcome({ onCamera }: { readonly onCamera: () => void }) {
  return (
    <div className={styles.welcome} data-testid="fabric-welcome">
      <div className={styles.words}>
        <h2>{t('fabric.welcome.title')}</h2>
        <p>{t('fabric.welcome.text')}</p>
      </div>
      <div className={styles.ways}>
        <PhotoWays className={styles.way} onCamera={onCamera} />
      </div>
      <p className={styles.privacy}>{t('fabric.welcome.privacy')}</p>
    </div>
  );
}
