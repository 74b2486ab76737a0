import { useEffect, useRef, useState } from 'react';
import { openFinder, type Finder } from '../session/finder';
import { Dialog } from '../shell/Dialog';
import { t } from '../shell/messages';
import { PhotoFile } from './PhotoWays';
import { usePhotoChoice } from './use-photo-choice';
import styles from './Viewfinder.module.css';

/** The camera for one photo: on only while this is open. */
export function Viewfinder({ onClose }: { readonly onClose: () => void }) {
  const choose = usePhotoChoice();
  const place = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<Awaited<ReturnType<typeof openFinder>>>();
  const problem = typeof opened === 'string' ? opened : undefined;
  const finder: Finder | undefined = typeof opened === 'object' ? opened : undefined;
  useEffect(() => {
    let wanted = true;
    const opening = openFinder(() => wanted && setOpened('busy'));
    void opening.then((open) => wanted && setOpened(open));
    return () => {
      wanted = false;
      void opening.then((open) => typeof open === 'object' && open.close());
    };
  }, []);
  useEffect(() => {
    if (finder) {
      place.current?.replaceChildren(finder.video);
    }
  }, [finder]);
  const take = () => {
    void finder?.take().then((photo) => {
      choose(photo);
      onClose();
    });
  };
  return (
    <Dialog title={t('finder.title')} closeLabel={t('finder.cancel')} size="wide" onClose={onClose}>
      <div className={styles.finder}>
        {problem ? (
          <div className={styles.problem} role="alert">
            <p>{t(`${problem}.title`)}</p>
            <p>{t(`${problem}.text`)}</p>
          </div>
        ) : (
          <div className={styles.picture} data-live={finder !== undefined}>
            {!finder && <p role="status">{t('finder.asking')}</p>}
            <div ref={place} className={styles.video} />
          </div>
        )}
        <p className={styles.help}>{t('finder.text')}</p>
        <div className={styles.ways}>
          <button type="button" className={styles.way} disabled={!finder} onClick={take}>
            {t('finder.take')}
          </button>
          <PhotoFile className={styles.way} onChosen={onClose} />
        </div>
      </div>
    </Dialog>
  );
}
