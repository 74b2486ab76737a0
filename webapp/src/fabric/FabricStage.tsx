import { useState, type DragEvent } from 'react';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import styles from './FabricStage.module.css';
import { FabricWelcome } from './FabricWelcome';
import { MaterialPane } from './MaterialPane';
import { PhotoPane } from './PhotoPane';
import { ScanLine } from './ScanLine';
import { SightSwitch } from './SightSwitch';
import { usePhotoChoice } from './use-photo-choice';

/** The photo with its corners, and beside it the material; on a phone one of the two is large, the other small. */
export function FabricStage({ onCamera }: { readonly onCamera: () => void }) {
  const choose = usePhotoChoice();
  const [dragged, setDragged] = useState(false);
  const begun = useStore(({ fabric }) => fabric.begun === 'yes');
  const hasPhoto = useStore(({ fabric }) => fabric.photo !== undefined);
  const made = useStore(({ fabric }) => fabric.material !== undefined);
  const front = useStore(({ fabric }) =>
    fabric.photo && fabric.sight === 'photo' ? 'photo' : 'material',
  );
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDragged(false);
    choose(event.dataTransfer.files[0]);
  };
  return (
    <div
      className={styles.stage}
      data-front={front}
      data-made={made}
      data-beside={hasPhoto ? 'photo' : begun ? 'nothing' : 'welcome'}
      data-dragged={dragged}
      onDragOver={(event) => {
        event.preventDefault();
        setDragged(true);
      }}
      onDragLeave={() => setDragged(false)}
      onDrop={drop}
    >
      {hasPhoto && <PhotoPane front={front === 'photo'} />}
      <div className={styles.material}>
        <MaterialPane />
      </div>
      {begun && <SightSwitch />}
      {!begun && <FabricWelcome onCamera={onCamera} />}
      <ScanLine />
      {dragged && <p className={styles.drop}>{t('fabric.drop')}</p>}
    </div>
  );
}
