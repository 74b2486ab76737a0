import type { Kept } from '../session/kept';
import { useStore } from '../session/store';
import { momentOf, t } from '../shell/messages';

/** What a kept picture is called: the look that was worn. */
export function useTitle(kept: Kept | undefined): string {
  const title = useStore(({ catalog }) => catalog.find(({ id }) => id === kept?.item)?.title);
  if (kept?.place === 'server' && kept.cloth !== undefined) {
    return t('results.scan', { cloth: kept.cloth });
  }
  return title ?? t('results.untitled');
}

/** What a kept picture is called where there is nothing but the name. */
export function useFullName(kept: Kept): string {
  const places = { title: useTitle(kept), when: momentOf(kept.keptAt) };
  switch (kept.place) {
    case 'server':
      return t('results.name', places);
    case 'visit':
      return t('results.here', places);
    case 'underway':
      return t('results.underway', places);
  }
}
