import { Camera, ImagePlus, Maximize, Minimize, SwitchCamera } from 'lucide-react';
import type { ReactNode } from 'react';
import { ResultThumb } from '../results/ResultThumb';
import { useStore } from '../session/store';
import { CompareButton } from './CompareButton';
import styles from './Controls.module.css';
import { IconButton } from './IconButton';
import buttons from './IconButton.module.css';
import { t } from './messages';
import { useMirror } from './page-context';
import { PhotoInput } from './PhotoInput';
import { Shutter } from './Shutter';
import { useFullScreen } from './use-full-screen';
import { useWide } from './use-wide';

/** What is done with the mirror: keep, compare, change where the picture comes from. */
export function Controls({ children }: { readonly children: ReactNode }) {
  const mirror = useMirror();
  const wide = useWide();
  const source = useStore((state) => state.source);
  const hasOther = useStore(({ camera }) => camera.hasOther);
  const [full, toggleFull] = useFullScreen();
  // A phone has room for one; full screen is in the settings too.
  const roomForMore = source === 'none' || (source === 'camera' && !hasOther);
  return (
    <div className={styles.controls} role="group" aria-label={t('controls.label')}>
      <div className={styles.start}>{wide ? children : <ResultThumb />}</div>
      <div className={styles.middle}>
        <CompareButton />
        <Shutter />
        <PhotoInput className={buttons.button} label={t('controls.photo')}>
          <ImagePlus aria-hidden size={20} strokeWidth={1.75} />
        </PhotoInput>
      </div>
      <div className={styles.end}>
        {source === 'photo' && (
          <IconButton
            icon={Camera}
            label={t('controls.camera')}
            onClick={() => void mirror.useCamera()}
          />
        )}
        {source === 'camera' && hasOther && (
          <IconButton
            icon={SwitchCamera}
            label={t('controls.flip')}
            onClick={() => void mirror.flipCamera()}
          />
        )}
        {toggleFull && (wide || roomForMore) && (
          <IconButton
            icon={full ? Minimize : Maximize}
            label={t(full ? 'controls.window' : 'controls.fullscreen')}
            onClick={toggleFull}
          />
        )}
      </div>
    </div>
  );
}
