import { expect, test } from 'vitest';
import { backoffMillis } from './backoff';
import { afterClose, closeCodes } from './close-codes';

const settings = { firstMillis: 100, longestMillis: 1_000 };

test('waits are drawn evenly under a ceiling that doubles', () => {
  const halves = [0, 1, 2, 3].map((attempt) => backoffMillis(attempt, settings, 0, () => 0.5));
  expect(halves).toEqual([50, 100, 200, 400]);
  expect(backoffMillis(3, settings, 0, () => 0)).toBe(0);
});

test('waits never grow past the longest, however often one tries', () => {
  expect(backoffMillis(1_000, settings, 0, () => 1)).toBe(1_000);
});

test('waits are at least what the server asked for', () => {
  expect(backoffMillis(0, settings, 5_000, () => 0)).toBe(5_000);
});

test('every close code of the protocol says what comes after it', () => {
  const codes = [1012, 4400, 4401, 4403, 4404, 4408, 4409, 4413, 4426, 4429, 4503];
  expect(codes.filter((code) => !(code in closeCodes))).toEqual([]);
});

test('a close with a code of its own unknown kind is a lost connection', () => {
  expect(afterClose(4999)).toBe('resume');
});
