import { expect, test } from 'vitest';
import { materialItems } from '../../test/mock-materials.mjs';
import type { CatalogItem, Result } from '../client';
import { materialOfItem, materialOfScan } from './material';

function item(id: string): CatalogItem {
  const found = materialItems.find((each) => each.id === id);
  if (!found) {
    throw new Error(id);
  }
  return found;
}

function scan(properties: unknown, names: readonly string[] = ['basecolor', 'normal']): Result {
  return {
    id: 'r',
    kind: 'scan',
    engine: 'fabric',
    look: {},
    metadata: { properties },
    files: names.map((name) => ({ name, mediaType: 'image/png', bytes: 1, url: `/r/${name}` })),
    createdAt: '2030-01-01T00:00:00Z',
    expiresAt: '2030-01-31T00:00:00Z',
  };
}

test('an item’s maps lie in the folder of the size that is nearest', () => {
  const folder = '/api/v1/engines/fabric/catalog/lace/materials/1/2048';
  expect(materialOfItem(item('lace'), 4_096)).toMatchObject({
    key: folder,
    origin: { kind: 'item', archive: `${folder}/archive.zip` },
    maps: { basecolor: `${folder}/basecolor.png`, opacity: `${folder}/opacity.png` },
    tile: { width: 64, height: 64 },
    cloth: 'lace',
  });
});

test('only cloth with holes has a map of them, only cloth with a sheen has one', () => {
  expect(materialOfItem(item('denim'), 512)?.maps.opacity).toBeUndefined();
  expect(materialOfItem(item('denim'), 512)?.sheen).toBeUndefined();
  expect(materialOfItem(item('velvet'), 512)?.sheen).toEqual({ color: '#7a2a55', roughness: 0.4 });
});

test('an item that is no material has none', () => {
  const { id, title, category, tags, swatch, options } = item('denim');
  expect(materialOfItem({ id, title, category, tags, swatch, options }, 512)).toBeUndefined();
});

test('a scan’s maps are its files', () => {
  const said = { class: 'knit', metalness: 0, widthMillimetres: 40, heightMillimetres: 20 };
  expect(materialOfScan(scan(said))).toEqual({
    key: 'r',
    origin: { kind: 'scan', result: 'r' },
    maps: { basecolor: '/r/basecolor', normal: '/r/normal' },
    metalness: 0,
    sheen: undefined,
    tile: { width: 40, height: 20 },
    cloth: 'knit',
  });
});

test('a scan of which little is known is drawn all the same', () => {
  expect(materialOfScan(scan(undefined))).toMatchObject({ tile: undefined, cloth: '' });
  expect(materialOfScan(scan({ widthMillimetres: 40, sheenColor: 'red' }))).toMatchObject({
    tile: undefined,
    sheen: undefined,
  });
});

test('without a base colour there is nothing to draw', () => {
  expect(materialOfScan(scan({}, ['normal']))).toBeUndefined();
});
