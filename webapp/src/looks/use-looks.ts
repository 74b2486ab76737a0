import { useMemo } from 'react';
import type { CatalogItem } from '../client';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import { valuesOf, type OptionValues, type WornLook } from './option-fields';

/** Puts on a look. */
export type Wear = (look: WornLook) => void;

/** The catalogue item being worn, if it is one. */
export function useWornItem(): CatalogItem | undefined {
  return useStore(({ catalog, look }) => catalog.find(({ id }) => id === look.item));
}

/** What the worn look is called: its item, with a word if it was changed. */
export function useWornTitle(): string {
  const item = useWornItem();
  const kind = useStore((state) => state.kind);
  const changed = useStore(({ look }) => Object.keys(look.options).length > 0);
  if (!item) {
    return t(`looks.custom.${kind}`);
  }
  if (kind === 'fabric') {
    // Other maps of the same cloth are still that cloth.
    return item.title;
  }
  return changed ? `${item.title} · ${t('looks.custom.mirror').toLowerCase()}` : item.title;
}

/** Every option's value in force. */
export function useOptionValues(): OptionValues {
  const look = useStore((state) => state.look);
  const fields = useStore((state) => state.fields);
  const catalog = useStore((state) => state.catalog);
  return useMemo(() => valuesOf(look, fields, catalog), [look, fields, catalog]);
}
