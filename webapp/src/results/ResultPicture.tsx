import { ImageOff } from 'lucide-react';
import type { Kept } from '../session/kept';
import { dayOf, momentOf, t } from '../shell/messages';
import styles from './Results.module.css';
import { useKeptFile } from './use-kept-file';

interface ResultPictureProps {
  readonly kept: Kept;
  readonly title: string;
}

/** A kept picture as large as there is room for, and when it was kept. Until it is there its thumbnail stands for it. */
export function ResultPicture({ kept, title }: ResultPictureProps) {
  return (
    <figure className={styles.figure}>
      <div className={styles.frame}>
        {kept.place === 'server' ? (
          <ServerPicture key={kept.id} kept={kept} title={title} />
        ) : (
          <img src={kept.place === 'visit' ? kept.jpeg : kept.preview} alt={title} />
        )}
      </div>
      <figcaption>{caption(kept)}</figcaption>
    </figure>
  );
}

function ServerPicture({ kept, title }: { kept: Kept & { place: 'server' }; title: string }) {
  const whole = useKeptFile(kept.whole);
  const small = useKeptFile(kept.thumbnail);
  const film = kept.whole?.mediaType.startsWith('video/') === true;
  if (film && whole.address !== undefined) {
    return <video src={whole.address} aria-label={title} controls loop muted playsInline />;
  }
  const address = film ? small.address : (whole.address ?? small.address);
  if (whole.failed) {
    return (
      <p role="status">
        <ImageOff aria-hidden size={20} strokeWidth={1.75} />
        {t('results.unshown')}
      </p>
    );
  }
  return address === undefined ? null : (
    <img src={address} alt={title} data-whole={whole.address !== undefined} />
  );
}

function caption(kept: Kept): string {
  const when = momentOf(kept.keptAt);
  switch (kept.place) {
    case 'server':
      return kept.expiresAt === undefined
        ? t('results.kept', { when })
        : t('results.until', { when, until: dayOf(kept.expiresAt) });
    case 'visit':
      return t('results.visit', { when });
    case 'underway':
      return when;
  }
}
