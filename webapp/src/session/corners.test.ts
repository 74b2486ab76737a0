import { expect, test } from 'vitest';
import { cornersIn, firstCorners, isSwatch, optionsOf, withCorner, type Corners } from './corners';

const square: Corners = [
  { x: 0.2, y: 0.2 },
  { x: 0.8, y: 0.2 },
  { x: 0.8, y: 0.8 },
  { x: 0.2, y: 0.8 },
];

test('corners that cross, bend inwards or fall together are no swatch', () => {
  const [a, b, c, d] = square;
  expect(isSwatch(square)).toBe(true);
  expect(isSwatch(firstCorners)).toBe(true);
  expect(isSwatch([b, a, c, d])).toBe(false);
  expect(isSwatch([a, d, c, b])).toBe(false);
  expect(isSwatch([a, b, { x: 0.4, y: 0.4 }, d])).toBe(false);
  expect(isSwatch([a, a, c, d])).toBe(false);
});

test('a corner goes where it is moved, within the photo', () => {
  expect(withCorner(square, 0, { x: 0.1, y: 0.3 })[0]).toEqual({ x: 0.1, y: 0.3 });
  expect(withCorner(square, 2, { x: 1.4, y: 0.9 })[2]).toEqual({ x: 1, y: 0.9 });
});

test('a corner that is moved across the others stays', () => {
  expect(withCorner(square, 0, { x: 0.9, y: 0.9 })).toBe(square);
});

test('corners travel as the engine’s options', () => {
  expect(optionsOf(square)).toEqual({
    swatch: 'corners',
    topLeftX: 0.2,
    topLeftY: 0.2,
    topRightX: 0.8,
    topRightY: 0.2,
    bottomRightX: 0.8,
    bottomRightY: 0.8,
    bottomLeftX: 0.2,
    bottomLeftY: 0.8,
  });
});

test('corners come in pixels of the photo', () => {
  const places = [20, 10, 80, 10, 80, 40, 20, 40];
  expect(cornersIn(places, 101, 51)).toEqual(square);
});

test('what are no corners of a swatch is left out', () => {
  expect(cornersIn(undefined, 100, 100)).toBeUndefined();
  expect(cornersIn([1, 2, 3], 100, 100)).toBeUndefined();
  expect(cornersIn([0, 0, 0, 0, 0, 0, 0, 0], 100, 100)).toBeUndefined();
});
