import { expect, test } from 'vitest';
import { readEvents } from './event-stream';

async function dataOf(...parts: readonly string[]): Promise<string[]> {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      parts.forEach((part) => controller.enqueue(new TextEncoder().encode(part)));
      controller.close();
    },
  });
  const read: string[] = [];
  for await (const data of readEvents(new Response(body))) {
    read.push(data);
  }
  return read;
}

test('tells the data of each event, however the stream is cut into parts', async () => {
  expect(await dataOf('id: 1\nevent: status\nda', 'ta: {"a":1}\n', '\ndata: 2\n\n')).toEqual([
    '{"a":1}',
    '2',
  ]);
});

test('passes over comments, and joins lines of one event', async () => {
  expect(await dataOf(': \n\ndata: one\ndata:two\n\n')).toEqual(['one\ntwo']);
});

test('takes either kind of line end', async () => {
  expect(await dataOf('data: a\r\n\r\ndata: b\r\n\r\n')).toEqual(['a', 'b']);
});

test('an event that was not told to its end is none', async () => {
  expect(await dataOf('data: a\n\ndata: b')).toEqual(['a']);
});

test('an answer without a body has no events', async () => {
  const read: string[] = [];
  for await (const data of readEvents(new Response(null))) {
    read.push(data);
  }
  expect(read).toEqual([]);
});
