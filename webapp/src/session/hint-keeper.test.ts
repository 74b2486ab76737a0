import { expect, test } from 'vitest';
import { HintKeeper } from './hint-keeper';
import type { Hint } from './store';

const noHand: Hint = { code: 'HAND_NOT_DETECTED', suggestion: 'Hold up your hand.' };

function keeper() {
  const clock = { now: 0 };
  const shown: (string | undefined)[] = [];
  const hints = new HintKeeper(
    (hint) => shown.push(hint?.code),
    () => clock.now,
  );
  return { clock, shown, hints };
}

test('a complaint is shown once it has lasted, and only once', () => {
  const { clock, shown, hints } = keeper();
  for (clock.now = 0; clock.now <= 1_400; clock.now += 100) {
    hints.complain(noHand, 'some');
  }
  expect(shown).toEqual(['HAND_NOT_DETECTED']);
});

test('a complaint that passes is never shown', () => {
  const { clock, shown, hints } = keeper();
  hints.complain(noHand, 'some');
  clock.now = 300;
  hints.clear();
  clock.now = 900;
  hints.complain(noHand, 'some');
  expect(shown).toEqual([]);
});

test('a photo is complained about at once', () => {
  const { shown, hints } = keeper();
  hints.complain(noHand, 'none');
  hints.clear();
  expect(shown).toEqual(['HAND_NOT_DETECTED', undefined]);
});
