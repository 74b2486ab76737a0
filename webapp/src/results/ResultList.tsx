import { useEffect, useRef } from 'react';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import { useAlbum } from '../shell/page-context';
import styles from './Results.module.css';
import { Thumb } from './Thumb';
import { useSeen } from './use-seen';

interface ResultListProps {
  readonly current?: string;
  readonly onOpen: (id: string) => void;
}

/** The kept pictures side by side, the newest first; older ones are asked for at the end. */
export function ResultList({ current, onOpen }: ResultListProps) {
  const results = useStore((state) => state.results);
  const next = useStore(({ album }) => album.next);
  const phase = useStore(({ album }) => album.phase);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const chosen = list.current?.querySelector('[aria-current=true]');
    chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <ul ref={list} className={styles.strip} aria-label={t('results.label')}>
      {results.map((kept) => (
        <li key={kept.id}>
          <Thumb kept={kept} current={kept.id === current} onOpen={onOpen} />
        </li>
      ))}
      {phase === 'failed' && (
        <li>
          <MoreButton words={t('results.again')} />
        </li>
      )}
      {next !== undefined && phase !== 'failed' && (
        <li>
          <MoreWhenSeen key={next} />
        </li>
      )}
    </ul>
  );
}

/** Asks for older pictures as soon as the end of those that are known comes near. */
function MoreWhenSeen() {
  const album = useAlbum();
  const place = useRef<HTMLDivElement>(null);
  const seen = useSeen(place);
  useEffect(() => {
    if (seen) {
      album.more().catch(() => undefined);
    }
  }, [album, seen]);
  return (
    <div ref={place}>
      <MoreButton words={t('results.more')} />
    </div>
  );
}

function MoreButton({ words }: { readonly words: string }) {
  const album = useAlbum();
  return (
    <button type="button" className={styles.more} onClick={() => void album.more()}>
      {words}
    </button>
  );
}
