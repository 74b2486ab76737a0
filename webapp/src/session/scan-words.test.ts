import { expect, test } from 'vitest';
import type { Look, Result } from '../client';
import { factsOf, isAboutThePhoto } from './scan-words';

function result(properties: Readonly<Record<string, unknown>>, look: Look = {}): Result {
  const dates = { createdAt: '2030-01-01T00:00:00Z', expiresAt: '2030-01-31T00:00:00Z' };
  return {
    id: 'r',
    kind: 'scan',
    engine: 'fabric',
    look,
    metadata: { properties },
    files: [],
    ...dates,
  };
}

test('each warning comes with its advice', () => {
  const facts = factsOf(result({ warnings: ['blurred', 'small'], advice: ['Hold still.'] }));
  expect(facts.warnings).toEqual([
    { code: 'blurred', advice: 'Hold still.' },
    { code: 'small', advice: undefined },
  ]);
});

test('a kind that was named is no guess', () => {
  const said = { confidenceClass: 0.6 };
  expect(factsOf(result(said)).sureOfCloth).toBe(0.6);
  expect(factsOf(result(said, { options: { class: 'knit' } })).sureOfCloth).toBeUndefined();
});

test('a repeat is found or not', () => {
  expect(factsOf(result({ period: [3, 4] })).repeats).toBe(true);
  expect(factsOf(result({})).repeats).toBe(false);
});

test('refusals of what was brought are told from the server’s own troubles', () => {
  expect(isAboutThePhoto({ status: 422, code: 'INVALID_IMAGE' })).toBe(true);
  expect(isAboutThePhoto({ code: 'FABRIC_NOT_DETECTED' })).toBe(true);
  expect(isAboutThePhoto({ status: 503 })).toBe(false);
  expect(isAboutThePhoto({ status: 507 })).toBe(false);
});
