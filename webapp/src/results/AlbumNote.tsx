import { useStore } from '../session/store';
import { t } from '../shell/messages';
import { useAlbum } from '../shell/page-context';
import styles from './Results.module.css';

/** What is to be said of the kept pictures while there are none to show: getting them, could not, or that there are none. */
export function AlbumNote() {
  const album = useAlbum();
  const phase = useStore((state) => state.album.phase);
  const trouble = useStore((state) => state.album.trouble);
  switch (phase) {
    case 'loading':
      return (
        <p className={styles.note} role="status" data-testid="album-note">
          <span className={styles.places} aria-hidden>
            <span />
            <span />
            <span />
          </span>
          <span className="visually-hidden">{t('results.loading')}</span>
        </p>
      );
    case 'failed':
      return (
        <div className={styles.note} role="status" data-testid="album-note">
          <p>{trouble?.kind === 'limited' ? t('trouble.limited') : t('results.failed')}</p>
          <button type="button" className={styles.more} onClick={() => void album.more()}>
            {t('results.again')}
          </button>
        </div>
      );
    case 'ready':
      return (
        <p className={styles.note} data-testid="album-note">
          {t('results.empty')}
        </p>
      );
  }
}
