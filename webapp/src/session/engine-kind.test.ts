import { expect, test } from 'vitest';
import { kindOf } from './engine-kind';

const engine = { id: 'e', title: 'E', version: '0', state: 'ready' };

test('what is live is a mirror, what scans materials is for fabric, and the page has nothing for others', () => {
  expect(kindOf({ ...engine, capabilities: ['live', 'capture'] })).toBe('mirror');
  expect(kindOf({ ...engine, capabilities: ['scan', 'material'] })).toBe('fabric');
  expect(kindOf({ ...engine, capabilities: ['live', 'scan', 'material'] })).toBe('mirror');
  expect(kindOf({ ...engine, capabilities: ['scan'] })).toBeUndefined();
  expect(kindOf({ ...engine, state: 'failed', capabilities: ['live'] })).toBeUndefined();
});
