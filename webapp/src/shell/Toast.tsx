import { useEffect } from 'react';
import { useStore } from '../session/store';
import styles from './Toast.module.css';

const shownMillis = 4_000;

/** One short line that goes away by itself. */
export function Toast() {
  const message = useStore((state) => state.message);
  useEffect(() => {
    if (message === undefined) {
      return undefined;
    }
    const timer = setTimeout(() => useStore.setState({ message: undefined }), shownMillis);
    return () => clearTimeout(timer);
  }, [message]);
  return (
    <p className={styles.toast} role="status" data-shown={message !== undefined}>
      {message}
    </p>
  );
}
