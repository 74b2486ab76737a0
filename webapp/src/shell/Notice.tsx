import { useEffect, useState } from 'react';
import { useStore } from '../session/store';
import { t } from './messages';
import { useMirror } from './page-context';
import styles from './Notice.module.css';

/** What is wrong with the way to the server, and for how long. The picture stays behind it. */
export function Notice() {
  const mirror = useMirror();
  const connection = useStore((state) => state.connection);
  const source = useStore((state) => state.source);
  const { phase } = connection;
  if (source === 'none' || phase === 'idle' || phase === 'live') {
    return null;
  }
  const canRetry = phase !== 'connecting';
  return (
    <div className={styles.notice} role="status" data-testid="notice">
      <p>
        {phase === 'busy' ? (
          <Waiting until={connection.retryAt} />
        ) : phase === 'failed' ? (
          t('notice.failed', { reason: connection.reason })
        ) : (
          t(`notice.${phase}`)
        )}
      </p>
      {canRetry && (
        <button type="button" onClick={() => mirror.retryNow()}>
          {t('notice.retry')}
        </button>
      )}
    </div>
  );
}

/** Counts down to the next attempt. */
function Waiting({ until }: { readonly until: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return t('notice.busy', { seconds: Math.max(1, Math.ceil((until - now) / 1_000)) });
}
