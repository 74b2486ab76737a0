import { expect, test } from 'vitest';
import { catalog } from '../../test/mock-catalog.mjs';
import { accentOf, channels, contrast } from './accent';

const papers = { light: '#faf8f5', dark: '#131110' };
const colors = [...catalog.flatMap(({ swatch }) => swatch), '#ffffff', '#000000', '#808080'];

test.each(['light', 'dark'] as const)('marks can be told from the %s paper', (theme) => {
  const paper = channels(papers[theme]);
  const faint = colors.filter(
    (color) => contrast(channels(accentOf(color, theme).mark), paper) < 3,
  );
  expect(faint).toEqual([]);
});

test('words on the accent have a contrast of at least 4.3', () => {
  const faint = colors.filter((color) => {
    const { fill, ink } = accentOf(color, 'light');
    return contrast(channels(fill), channels(ink)) < 4.3;
  });
  expect(faint).toEqual([]);
});

test('a look without a colour leaves the page its own', () => {
  expect(accentOf('tartan', 'light').fill).toBe('#c8324b');
});
