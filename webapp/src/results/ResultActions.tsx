import { Download, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { fileName, type Kept } from '../session/kept';
import type { Trouble } from '../session/trouble';
import { t, type MessageKey } from '../shell/messages';
import { useAlbum } from '../shell/page-context';
import { troubleWords } from '../shell/trouble-words';
import styles from './Results.module.css';
import { ShowMaterial } from './ShowMaterial';
import { useKeptFile } from './use-kept-file';

interface ResultActionsProps {
  readonly kept: Kept;
  readonly onRemoved: () => void;
  /** It is shown elsewhere. */
  readonly onShown: () => void;
}

/** What is done with a kept picture: save it, or delete it, which is asked once more. */
export function ResultActions({ kept, onRemoved, onShown }: ResultActionsProps) {
  const album = useAlbum();
  const [phase, setPhase] = useState<'offered' | 'asking' | 'removing'>('offered');
  const [trouble, setTrouble] = useState<Trouble>();
  const refuse = useRef<HTMLButtonElement>(null);
  const offer = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (phase === 'asking') {
      refuse.current?.focus();
    }
  }, [phase]);
  const remove = async () => {
    setPhase('removing');
    const failed = await album.remove(kept);
    if (failed) {
      setTrouble(failed);
      setPhase('offered');
    } else {
      onRemoved();
    }
  };
  if (phase !== 'offered') {
    return (
      <div className={styles.actions} role="group" aria-label={t('results.remove.ask')}>
        <p>{t('results.remove.ask')}</p>
        <button
          ref={refuse}
          type="button"
          disabled={phase === 'removing'}
          onClick={() => {
            setPhase('offered');
            requestAnimationFrame(() => offer.current?.focus());
          }}
        >
          {t('results.remove.no')}
        </button>
        <button
          type="button"
          className={styles.grave}
          disabled={phase === 'removing'}
          onClick={() => void remove()}
        >
          {t('results.remove.yes')}
        </button>
      </div>
    );
  }
  return (
    <div className={styles.actions}>
      {kept.place === 'server' && kept.cloth !== undefined && (
        <ShowMaterial id={kept.id} onShown={onShown} />
      )}
      <Saves kept={kept} />
      <button
        ref={offer}
        type="button"
        disabled={kept.place === 'underway'}
        onClick={() => {
          setTrouble(undefined);
          setPhase('asking');
        }}
      >
        <Trash2 aria-hidden size={18} strokeWidth={1.75} /> {t('results.remove')}
      </button>
      {trouble && <p role="alert">{troubleWords(trouble)}</p>}
    </div>
  );
}

function Saves({ kept }: { readonly kept: Kept }) {
  switch (kept.place) {
    case 'server':
      return <SaveFromServer kept={kept} />;
    case 'visit':
      return (
        <>
          <Save address={kept.jpeg} name={fileName(kept, 'image/jpeg')} words="results.jpeg" />
          <Save address={kept.png} name={fileName(kept, 'image/png')} words="results.png" />
        </>
      );
    case 'underway':
      return null;
  }
}

function SaveFromServer({ kept }: { readonly kept: Kept & { place: 'server' } }) {
  const { address } = useKeptFile(kept.whole);
  const name = fileName(kept, kept.whole?.mediaType ?? 'image/jpeg');
  return <Save address={address} name={name} words="results.save" />;
}

interface SaveProps {
  readonly address: string | undefined;
  readonly name: string;
  readonly words: MessageKey;
}

function Save({ address, name, words }: SaveProps) {
  return (
    <a href={address} download={name} role="link" aria-disabled={address === undefined}>
      <Download aria-hidden size={18} strokeWidth={1.75} /> {t(words)}
    </a>
  );
}
