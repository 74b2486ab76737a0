import { useEffect, useRef } from 'react';
import { t } from './messages';
import { useMirror } from './page-context';

const everyMillis = 1_000;
/** Below this, tenths matter. */
const slowFps = 5;

/** The pictures shown a second. Written straight into the page once a second: no frame renders anything. */
export function FrameRate() {
  const mirror = useMirror();
  const text = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = () => {
      const shown = mirror.loop?.meter.rate(performance.now()) ?? 0;
      const rate = shown > 0 && shown < slowFps ? shown.toFixed(1) : Math.round(shown);
      if (text.current) {
        text.current.textContent = t('connection.rate', { rate });
      }
    };
    write();
    const timer = setInterval(write, everyMillis);
    return () => clearInterval(timer);
  }, [mirror]);
  return <span ref={text} data-testid="frame-rate" style={{ minWidth: '3.2em' }} />;
}
