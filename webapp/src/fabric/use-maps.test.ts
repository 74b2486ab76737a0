import { expect, test } from 'vitest';
import type { Material } from '../session/material';
import { onShow, type OpenMaps } from './use-maps';

function material(key: string, origin: Material['origin']): Material {
  const maps = { basecolor: `/${key}/basecolor` };
  return { key, origin, maps, metalness: 0, sheen: undefined, tile: undefined, cloth: 'woven' };
}

const scan = (key: string) => material(key, { kind: 'scan', result: key });
const item = (key: string) => material(key, { kind: 'item', archive: `/${key}.zip` });
const opened = (of: Material): OpenMaps => ({
  material: of,
  addresses: { basecolor: `blob:${of.key}` },
});
const key = (open: OpenMaps | undefined) => open?.material.key;

test('a scan stays on show until the next one is open', () => {
  const a = onShow(opened(scan('a')), scan('a'));
  expect(key(onShow(a, scan('b')))).toBe('a');
  expect(key(onShow(opened(scan('b')), scan('b')))).toBe('b');
});

test('after an item it is the item that stays on show, not the scan before it', () => {
  const shown = onShow(opened(scan('a')), item('denim'));
  expect(shown?.addresses).toEqual({ basecolor: '/denim/basecolor' });
  expect(onShow(shown, item('denim'))).toBe(shown);
  expect(key(onShow(shown, scan('b')))).toBe('denim');
});

test('after nothing, nothing is on show until the next scan is open', () => {
  const shown = onShow(opened(scan('a')), undefined);
  expect(shown).toBeUndefined();
  expect(onShow(shown, scan('b'))).toBeUndefined();
});
