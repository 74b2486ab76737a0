import { expect, test } from 'vitest';
import { drape, groundLevel, refined } from './drape';

const side = 0.5;
const coarse = drape(side, 25);

function place(places: Float32Array, at: number): readonly [number, number, number] {
  return [places[3 * at] ?? NaN, places[3 * at + 1] ?? NaN, places[3 * at + 2] ?? NaN];
}

test('the cloth lies on the ball in the middle, and on the ground around it', () => {
  const heights = Array.from({ length: 25 * 25 }, (_, at) => place(coarse.places, at)[1]);
  expect(Math.max(...heights)).toBeCloseTo(0.1, 2);
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(groundLevel - 1e-4);
  expect(heights.filter((height) => height < groundLevel + 0.01).length).toBeGreaterThan(100);
});

test('it stretches no more than cloth does', () => {
  const spacing = side / 24;
  const lengths = Array.from({ length: 24 * 25 }, (_, edge) => {
    const at = Math.floor(edge / 24) * 25 + (edge % 24);
    const [one, other] = [place(coarse.places, at), place(coarse.places, at + 1)];
    return Math.hypot(...one.map((value, axis) => value - (other[axis] ?? NaN))) / spacing;
  });
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  expect(mean).toBeGreaterThan(0.95);
  expect(mean).toBeLessThan(1.03);
  expect(Math.max(...lengths)).toBeLessThan(1.15);
});

test('it falls the same way every time', () => {
  expect(drape(side, 25).places).toEqual(coarse.places);
});

test('refined, it goes through the same points', () => {
  const fine = refined(coarse, 4);
  expect(fine.points).toBe(97);
  for (const at of [0, 7, 24, 25 * 12 + 12, 25 * 25 - 1]) {
    const [row, column] = [Math.floor(at / 25), at % 25];
    const same = place(fine.places, 4 * row * 97 + 4 * column);
    place(coarse.places, at).forEach((value, axis) => expect(same[axis]).toBeCloseTo(value, 6));
  }
});
