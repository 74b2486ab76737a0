import { Download } from 'lucide-react';
import { useState } from 'react';
import { useStore } from '../session/store';
import { troubleOf } from '../session/trouble';
import { t } from '../shell/messages';
import { useScanner } from '../shell/page-context';
import { troubleWords } from '../shell/trouble-words';
import styles from './ExportButton.module.css';

/** Takes the material along: all its maps, and what describes them to other programs, as one ZIP. */
export function ExportButton() {
  const scanner = useScanner();
  const material = useStore(({ fabric }) => fabric.material);
  const tuned = useStore(({ fabric: { tuning } }) => tuning.relief !== 1 || tuning.roughness !== 1);
  const [packing, setPacking] = useState(false);
  const pack = () => {
    setPacking(true);
    scanner
      .export()
      .catch((error: unknown) => useStore.setState({ message: troubleWords(troubleOf(error)) }))
      .finally(() => setPacking(false));
  };
  return (
    <div className={styles.export}>
      <button type="button" disabled={!material || packing} aria-busy={packing} onClick={pack}>
        <Download aria-hidden size={18} strokeWidth={1.75} />
        {t(packing ? 'fabric.exporting' : 'fabric.export')}
      </button>
      {tuned && material?.origin.kind === 'item' && <p>{t('fabric.exported.item')}</p>}
    </div>
  );
}
