import type { Trouble } from '../session/trouble';
import { t } from './messages';

/** What to tell a person when the server did not do what was asked. */
export function troubleWords({ kind, seconds }: Trouble): string {
  const soon = seconds !== undefined && seconds <= 120;
  return soon && (kind === 'limited' || kind === 'busy')
    ? t('trouble.wait', { seconds })
    : t(`trouble.${kind}`);
}
