import { Camera, ImagePlus, RotateCw } from 'lucide-react';
import { swatchOf, valuesOf } from '../looks/option-fields';
import { useStore, type CameraPhase } from '../session/store';
import { HandArt } from './HandArt';
import { t, type MessageKey } from './messages';
import { useMirror } from './page-context';
import { PhotoInput } from './PhotoInput';
import styles from './Welcome.module.css';

const words: Readonly<Record<CameraPhase, readonly [title: MessageKey, text: MessageKey]>> = {
  off: ['welcome.title', 'welcome.text'],
  live: ['welcome.title', 'welcome.text'],
  asking: ['asking.title', 'asking.text'],
  refused: ['refused.title', 'refused.text'],
  none: ['none.title', 'none.text'],
  busy: ['busy.title', 'busy.text'],
  insecure: ['insecure.title', 'insecure.text'],
};

/** Before there is a picture: what this is, and the two ways in, of equal weight. */
export function Welcome() {
  const mirror = useMirror();
  const phase = useStore(({ camera }) => camera.phase);
  const [title, text] = words[phase];
  const failed = phase === 'refused' || phase === 'none' || phase === 'busy';
  const Icon = failed ? RotateCw : Camera;
  return (
    <div className={styles.welcome} data-phase={phase} data-testid="welcome">
      <div className={styles.hand}>
        <WornHand />
      </div>
      <div className={styles.words}>
        <h2>{t(title)}</h2>
        <p>{t(text)}</p>
      </div>
      <div className={styles.ways}>
        {phase !== 'asking' && phase !== 'insecure' && (
          <button type="button" className={styles.way} onClick={() => void mirror.useCamera()}>
            <Icon aria-hidden size={20} strokeWidth={1.75} />
            {t(failed ? 'camera.again' : 'welcome.camera')}
          </button>
        )}
        <PhotoInput className={styles.way}>
          <ImagePlus aria-hidden size={20} strokeWidth={1.75} />
          {t(phase === 'asking' ? 'asking.photo' : 'welcome.photo')}
        </PhotoInput>
      </div>
      <p className={styles.privacy}>{t('welcome.privacy')}</p>
    </div>
  );
}

/** A drawn hand that wears the chosen look, so that choosing shows before there is a camera. */
function WornHand() {
  const look = useStore((state) => state.look);
  const fields = useStore((state) => state.fields);
  const catalog = useStore((state) => state.catalog);
  const values = valuesOf(look, fields, catalog);
  const word = (name: string) => (name in values ? String(values[name]) : undefined);
  const colors = swatchOf(look, fields, catalog);
  return (
    <HandArt drawing={{ kind: 'worn', colors, pattern: word('pattern'), finish: word('finish') }} />
  );
}
