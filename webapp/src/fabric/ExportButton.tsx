import { Download } from 'lucide-react';
import { useState } from 'react';
import { useStore } from '../session/store';
import { troubleOf } from '../session/trouble';
import { t } from '../shell/messages';
import { IconButton } from '../shell/IconButton';
import { useScanner } from '../shell/page-context';
import { troubleWords } from '../shell/trouble-words';
import styles from './ExportButton.module.css';

interface Export {
  /** Whether there is nothing to take, or it is being packed. */
  readonly disabled: boolean;
  readonly packing: boolean;
  readonly pack: () => void;
}

/** Takes the material along: all its maps, and what describes them to other programs, as one ZIP. */
function useExport(): Export {
  const scanner = useScanner();
  const none = useStore(({ fabric }) => fabric.material === undefined);
  const [packing, setPacking] = useState(false);
  const pack = () => {
    setPacking(true);
    scanner
      .export()
      .catch((error: unknown) => useStore.setState({ message: troubleWords(troubleOf(error)) }))
      .finally(() => setPacking(false));
  };
  return { disabled: none || packing, packing, pack };
}

/** Exports, where there is little room. */
export function ExportIcon() {
  const { disabled, pack } = useExport();
  return (
    <IconButton icon={Download} label={t('fabric.export')} disabled={disabled} onClick={pack} />
  );
}

/** Exports, and says what goes along. */
export function ExportButton() {
  const { disabled, packing, pack } = useExport();
  const isItem = useStore(({ fabric }) => fabric.material?.origin.kind === 'item');
  const tuned = useStore(({ fabric: { tuning } }) => tuning.relief !== 1 || tuning.roughness !== 1);
  return (
    <div className={styles.export}>
      <button type="button" disabled={disabled} aria-busy={packing} onClick={pack}>
        <Download aria-hidden size={18} strokeWidth={1.75} />
        {t(packing ? 'fabric.exporting' : 'fabric.export')}
      </button>
      {tuned && isItem && <p>{t('fabric.exported.item')}</p>}
    </div>
  );
}
