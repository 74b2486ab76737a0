import { X } from 'lucide-react';
import { useState } from 'react';
import type { ScanState } from '../session/fabric-view';
import { useStore } from '../session/store';
import { isMessage, t } from '../shell/messages';
import { useScanner } from '../shell/page-context';
import { troubleWords } from '../shell/trouble-words';
import styles from './ScanLine.module.css';

/** How the scan stands, as one line over the picture: how far it is, why the photo will not do, or what would make it better. */
export function ScanLine() {
  const scanner = useScanner();
  const scan = useStore(({ fabric }) => fabric.scan);
  const [read, setRead] = useState<ScanState>();
  const words = read === scan ? undefined : wordsOf(scan);
  const busy = scan.phase === 'sending' || scan.phase === 'scanning';
  const share = scan.phase === 'scanning' ? scan.progress : 0;
  return (
    <div
      className={styles.line}
      data-shown={words !== undefined}
      data-phase={scan.phase}
      data-testid="scan"
    >
      <p role={scan.phase === 'refused' || scan.phase === 'failed' ? 'alert' : 'status'}>{words}</p>
      {busy && (
        <div
          className={styles.progress}
          role="progressbar"
          aria-label={words}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(100 * share)}
        >
          <span style={{ scale: `${Math.max(0.04, share)} 1` }} />
        </div>
      )}
      {words !== undefined && scan.phase === 'failed' && (
        <button type="button" onClick={() => void scanner.rescan()}>
          {t('fabric.again')}
        </button>
      )}
      {words !== undefined && scan.phase === 'done' && (
        <button type="button" aria-label={t('fabric.dismiss')} onClick={() => setRead(scan)}>
          <X aria-hidden size={18} strokeWidth={1.75} />
        </button>
      )}
    </div>
  );
}

function wordsOf(scan: ScanState): string | undefined {
  switch (scan.phase) {
    case 'none':
      return undefined;
    case 'sending':
    case 'scanning':
      return t(`fabric.${scan.phase}`);
    case 'refused':
      return scan.suggestion ?? t('fabric.refused');
    case 'failed':
      return scan.trouble.kind === 'full' ? t('fabric.full') : troubleWords(scan.trouble);
    case 'done': {
      const [first] = scan.facts.warnings;
      const key = `warning.${first?.code ?? ''}`;
      return first && (first.advice ?? (isMessage(key) ? t(key) : undefined));
    }
  }
}
