import { describe, expect, test } from 'vitest';
import { decodeBinary, encodeBinary } from './codec';
import { readBinary, readText } from './messages';

const header = { type: 'frame', sequence: 7, note: 'ombré' };
const payload = new Uint8Array([1, 2, 3]);

describe('binary messages', () => {
  test('begin with the length of the header in bytes, big-endian', () => {
    const message = encodeBinary(header, payload);
    const length = new TextEncoder().encode(JSON.stringify(header)).length;
    expect([...message.slice(0, 4)]).toEqual([0, 0, 0, length]);
    expect(message.length).toBe(4 + length + payload.length);
  });

  test('come apart as they were put together', () => {
    const decoded = decodeBinary(encodeBinary(header, payload).buffer);
    expect(decoded.header).toEqual(header);
    expect([...decoded.payload]).toEqual([...payload]);
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['half a length', new Uint8Array([0, 0])],
    ['a header longer than the message', new Uint8Array([0, 0, 0, 9, 123, 125])],
    ['a header of four gigabytes', new Uint8Array([255, 255, 255, 255, 123, 125])],
  ])('are refused when they hold %s', (_, bytes) => {
    expect(() => decodeBinary(bytes.buffer)).toThrow(RangeError);
  });

  test('are refused when the header is no JSON', () => {
    expect(() => decodeBinary(new Uint8Array([0, 0, 0, 1, 123]).buffer)).toThrow(SyntaxError);
  });
});

describe('overlay answers', () => {
  const part = { x: 1, y: 2, width: 3, height: 4, format: 'webp' };
  const answer = (lengths: number[]) => ({
    header: { type: 'overlay', sequence: 1, parts: lengths.map((bytes) => ({ ...part, bytes })) },
    payload: new Uint8Array([10, 11, 12]),
  });

  test('hold each patch with its own bytes', () => {
    const overlay = readBinary(answer([1, 2]));
    expect(overlay?.type === 'overlay' && overlay.patches.map(({ bytes }) => [...bytes])).toEqual([
      [10],
      [11, 12],
    ]);
  });

  test('are refused when their parts go beyond the payload', () => {
    expect(() => readBinary(answer([2, 2]))).toThrow(RangeError);
  });
});

test('messages of types that newer servers may add are passed over', () => {
  expect(readText('{"type":"weather"}')).toBeUndefined();
  expect(readBinary({ header: { type: 'weather' }, payload })).toBeUndefined();
});
