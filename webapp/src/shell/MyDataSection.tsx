import { Download, Eraser } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { troubleOf } from '../session/trouble';
import { counted, listed, t } from './messages';
import styles from './MyDataSection.module.css';
import { useMyData } from './page-context';
import { troubleWords } from './trouble-words';

type Phase = 'offered' | 'exporting' | 'asking' | 'erasing';

/** What one may ask of all that is held about one: to have it, and to have it erased, which is asked once more. */
export function MyDataSection() {
  const myData = useMyData();
  const [phase, setPhase] = useState<Phase>('offered');
  const [said, setSaid] = useState<string>();
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (phase === 'asking') {
      section.current?.scrollIntoView({ block: 'end' });
    }
  }, [phase]);
  const attempt = (during: Phase, act: () => Promise<string>) => {
    setPhase(during);
    setSaid(t(during === 'erasing' ? 'data.erasing' : 'data.exporting'));
    act()
      .catch((error: unknown) => troubleWords(troubleOf(error)))
      .then((words) => {
        setSaid(words);
        setPhase('offered');
        // The button that had the focus may be gone.
        section.current?.focus();
      })
      .catch(() => setPhase('offered'));
  };
  const takeOut = () =>
    attempt('exporting', async () => {
      await myData.takeOut();
      return t('data.exported');
    });
  const erase = () => attempt('erasing', async () => erasedWords(await myData.erase()));
  const cancel = () => {
    setPhase('offered');
    section.current?.focus();
  };
  return (
    <section ref={section} className={styles.data} tabIndex={-1} aria-labelledby="my-data">
      <h3 id="my-data">{t('data.title')}</h3>
      <p>{t(phase === 'asking' ? 'data.erase.ask' : 'data.text')}</p>
      <button type="button" disabled={phase !== 'offered'} onClick={takeOut}>
        <Download aria-hidden size={18} strokeWidth={1.75} /> {t('data.export')}
      </button>
      {phase === 'asking' ? (
        <div className={styles.choice} role="group" aria-label={t('data.erase.ask')}>
          <button type="button" autoFocus onClick={cancel}>
            {t('data.erase.no')}
          </button>
          <button type="button" className={styles.grave} onClick={erase}>
            {t('data.erase.yes')}
          </button>
        </div>
      ) : (
        <button
          type="button"
          disabled={phase !== 'offered'}
          onClick={() => {
            setSaid(undefined);
            setPhase('asking');
          }}
        >
          <Eraser aria-hidden size={18} strokeWidth={1.75} /> {t('data.erase')}
        </button>
      )}
      <p role="status" className={styles.said}>
        {said}
      </p>
    </section>
  );
}

function erasedWords(erased: Readonly<Record<string, number>>): string {
  const things = ['results', 'uploads', 'sessions', 'jobs'].flatMap((kind) => {
    const count = erased[kind] ?? 0;
    return count > 0 ? [counted(`erased.${kind}`, count) ?? ''] : [];
  });
  return things.length === 0
    ? t('data.erased.nothing')
    : t('data.erased', { things: listed(things) });
}
