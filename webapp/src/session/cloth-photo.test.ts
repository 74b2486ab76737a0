import { expect, test } from 'vitest';
import { shrinkage } from './cloth-photo';

test('photos that the server takes stay as large as they are', () => {
  expect(shrinkage(4_032, 3_024)).toBe(1);
  expect(shrinkage(64, 64)).toBe(1);
});

test('larger ones become as much smaller as they must, by their side or by all their pixels', () => {
  expect(shrinkage(8_192, 1_000)).toBe(0.5);
  const share = shrinkage(8_000, 8_000);
  expect(8_000 * share).toBeCloseTo(4_000);
});
