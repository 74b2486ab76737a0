import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PaceTeller } from './pace-teller';
import type { Pace } from './store';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function teller() {
  const shown: Pace[] = [];
  return { shown, pace: new PaceTeller((pace) => shown.push(pace)) };
}

test('a low rate is told for a while, and no longer', () => {
  const { shown, pace } = teller();
  pace.advised(1.1, 25);
  expect(shown).toEqual(['slowed']);
  vi.advanceTimersByTime(60_000);
  expect(shown).toEqual(['slowed', 'slow']);
});

test('a rate that swings about the border is told once', () => {
  const { shown, pace } = teller();
  for (const fps of [5.9, 6.2, 5.8, 7.5, 5.5]) {
    pace.advised(fps, 25);
    vi.advanceTimersByTime(9_000);
  }
  expect(shown).toEqual(['slowed', 'slow']);
});

test('a good rate takes it back at once, and a later low one is told again', () => {
  const { shown, pace } = teller();
  pace.advised(2, 25);
  pace.advised(25, 25);
  vi.advanceTimersByTime(60_000);
  pace.advised(2, 25);
  expect(shown).toEqual(['slowed', 'full', 'slowed']);
});

test('nothing is said of rates that the eye takes for motion', () => {
  const { shown, pace } = teller();
  pace.advised(12, 25);
  pace.advised(25, 25);
  expect(shown).toEqual([]);
});
