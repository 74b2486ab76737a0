import { expect, test } from 'vitest';
import { catalog, engine } from '../../test/mock-catalog.mjs';
import { inWords, matches, readOptionFields, swatchOf, toWire, valuesOf } from './option-fields';

const fields = readOptionFields(engine);

test('each kind of option becomes its kind of field, in the schema’s order', () => {
  expect(fields.map(({ name, kind }) => [name, kind])).toEqual([
    ['pattern', 'choice'],
    ['color', 'color'],
    ['accent', 'color'],
    ['finish', 'choice'],
    ['coverage', 'range'],
  ]);
});

test('options of unknown kinds are left out', () => {
  const properties = { shape: { type: 'array' }, glow: { type: 'boolean', default: true } };
  expect(readOptionFields({ ...engine, options: { properties } })).toEqual([
    { kind: 'toggle', name: 'glow', title: 'Glow', initial: true },
  ]);
});

test('a look’s values are the chosen ones, else the item’s, else the defaults', () => {
  const look = { item: 'classic-french', options: { coverage: 0.3 } };
  expect(valuesOf(look, fields, catalog)).toEqual({
    pattern: 'french',
    color: '#eeb9b3',
    accent: '#fbf7f1',
    finish: 'glossy',
    coverage: 0.3,
  });
});

test('the swatch is the item’s until one of its colours is changed', () => {
  expect(swatchOf({ item: 'sunset', options: {} }, fields, catalog)).toEqual([
    '#f6a13b',
    '#d0265f',
  ]);
  expect(swatchOf({ item: 'sunset', options: { color: '#000000' } }, fields, catalog)).toEqual([
    '#000000',
    '#d0265f',
  ]);
});

test('looks travel as an item, as options, or as both', () => {
  expect(toWire({ item: 'coral', options: {} })).toEqual({ item: 'coral' });
  expect(toWire({ options: {} })).toEqual({ options: {} });
  expect(toWire({ item: 'coral', options: { coverage: 1 } })).toEqual({
    item: 'coral',
    options: { coverage: 1 },
  });
});

test('looks are found by words of their title, category and tags', () => {
  const [first] = catalog;
  expect(first && matches(first, 'red cherry')).toBe(true);
  expect(first && matches(first, 'solid')).toBe(true);
  expect(first && matches(first, 'cobalt')).toBe(false);
});

test('names are written as people write them', () => {
  expect(['catEye', 'cat-eye', 'solid'].map(inWords)).toEqual(['Cat eye', 'Cat eye', 'Solid']);
});
