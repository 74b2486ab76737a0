import { useEffect, useRef } from 'react';
import { t } from './messages';
import { useMirror } from './page-context';

const everyMillis = 1_000;

/** The pictures shown a second. Written straight into the page once a second: no frame renders anything. */
export function FrameRate() {
  const mirror = useMirror();
  const text = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = () => {
      const rate = Math.round(mirror.loop?.meter.rate(performance.now()) ?? 0);
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
