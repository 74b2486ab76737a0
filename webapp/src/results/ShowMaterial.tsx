import { Layers } from 'lucide-react';
import { useState } from 'react';
import { kindOf } from '../session/engine-kind';
import { useStore } from '../session/store';
import { troubleOf } from '../session/trouble';
import { t } from '../shell/messages';
import { useMirror, useScanner } from '../shell/page-context';
import { troubleWords } from '../shell/trouble-words';

interface ShowMaterialProps {
  /** Of the kept scan. */
  readonly id: string;
  readonly onShown: () => void;
}

/** Shows a kept scan as the material that it is, in the mode for that. */
export function ShowMaterial({ id, onShown }: ShowMaterialProps) {
  const mirror = useMirror();
  const scanner = useScanner();
  const mode = useStore((state) => state.mode);
  const fabric = useStore(({ engines }) => engines.find((one) => kindOf(one) === 'fabric')?.id);
  const [opening, setOpening] = useState(false);
  if (fabric === undefined) {
    return null;
  }
  const open = async () => {
    setOpening(true);
    try {
      if (mode !== fabric) {
        await mirror.choose(fabric);
      }
      await scanner.open(id);
      onShown();
    } catch (error) {
      useStore.setState({ message: troubleWords(troubleOf(error)) });
      setOpening(false);
    }
  };
  return (
    <button type="button" disabled={opening} onClick={() => void open()}>
      <Layers aria-hidden size={18} strokeWidth={1.75} /> {t('results.material')}
    </button>
  );
}
