import { Maximize, Minimize } from 'lucide-react';
import { ResultStrip } from '../results/ResultStrip';
import { ResultThumb } from '../results/ResultThumb';
import { useStore } from '../session/store';
import styles from '../shell/Controls.module.css';
import { IconButton } from '../shell/IconButton';
import { t } from '../shell/messages';
import { useFullScreen } from '../shell/use-full-screen';
import { useWide } from '../shell/use-wide';
import { ExportIcon } from './ExportButton';
import own from './FabricControls.module.css';
import { PhotoWays } from './PhotoWays';

/** The ways to another photo, between what was kept and the whole screen. */
export function FabricControls({ onCamera }: { readonly onCamera: () => void }) {
  const wide = useWide();
  // Before, the welcome has them.
  const begun = useStore(({ fabric }) => fabric.begun === 'yes');
  const [full, toggleFull] = useFullScreen();
  return (
    <div className={`${styles.controls} ${own.bar}`} role="group" aria-label={t('fabric.controls')}>
      <div className={styles.start}>{wide ? <ResultStrip /> : <ResultThumb />}</div>
      <div className={own.ways}>
        {begun && <PhotoWays className={own.way} onCamera={onCamera} />}
      </div>
      <div className={styles.end}>
        {!wide && begun && <ExportIcon />}
        {wide && toggleFull && (
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
