import type { Engine } from '../client';

/** What the page is for an engine: a live mirror, or the place where photos of cloth become materials. */
export type ModeKind = 'mirror' | 'fabric';

/** What the page is for this engine; undefined for engines that it has nothing for. */
export function kindOf({ state, capabilities }: Engine): ModeKind | undefined {
  const can = (capability: string) => capabilities.includes(capability);
  if (state !== 'ready') {
    return undefined;
  }
  if (can('live')) {
    return 'mirror';
  }
  return can('scan') && can('material') ? 'fabric' : undefined;
}
