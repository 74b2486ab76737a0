import { afterEach, beforeEach, expect, test } from 'vitest';
import { MockServer } from '../../test/mock-server.mjs';
import { TryOnApi } from './api';
import type { Guest } from './types';

let server: MockServer;
let origin: string;
let remembered: Guest | undefined;
let api: TryOnApi;

beforeEach(async () => {
  server = new MockServer();
  origin = await server.listen();
  remembered = undefined;
  api = newVisit();
});

afterEach(() => server.close());

/** The page opened in the same browser: the guest is remembered. */
function newVisit(): TryOnApi {
  const tokens = { load: () => remembered, save: (guest?: Guest) => (remembered = guest) };
  return new TryOnApi({ origin, tokens });
}

async function keep(count: number): Promise<void> {
  await api.engines();
  const session = {
    owner: remembered?.subject ?? '',
    look: { item: 'cobalt' },
    output: 'overlay',
    resumeToken: '',
    ticket: undefined,
    frames: 1,
    newest: { picture: Buffer.from('picture'), mediaType: 'image/jpeg' },
  };
  for (let i = 0; i < count; i += 1) {
    server.shelf.capture('session', session, String(i));
  }
}

test('lists what is kept page by page, the newest first, on a later visit too', async () => {
  await keep(5);
  const visit = newVisit();
  const first = await visit.results({ engine: 'nails', limit: 3 });
  expect(first.items).toHaveLength(3);
  const rest = await visit.results({ limit: 3, cursor: first.nextCursor ?? '' });
  expect(rest.items).toHaveLength(2);
  expect(rest.nextCursor).toBeUndefined();
  const ids = [...first.items, ...rest.items].map(({ id }) => id);
  expect(ids).toEqual(server.shelf.kept.map(({ result }) => String(result.id)));
});

test('opens kept files with the guest’s token', async () => {
  await keep(1);
  const [result] = (await api.results()).items;
  const file = await api.file(result?.files[0]?.url ?? '');
  expect(file.type).toBe('image/jpeg');
  expect(await file.text()).toBe('picture');
});

test('sends the token to no other server', async () => {
  await expect(api.file('https://elsewhere.example/picture')).rejects.toBeInstanceOf(RangeError);
  await expect(api.file('//elsewhere.example/picture')).rejects.toBeInstanceOf(RangeError);
});

test('removes one and leaves the others', async () => {
  await keep(2);
  const [newest, older] = (await api.results()).items;
  await api.removeResult(newest?.id ?? '');
  expect((await api.results()).items).toEqual([older]);
  await expect(api.removeResult(newest?.id ?? '')).rejects.toMatchObject({ status: 404 });
});

test('exports everything as a file', async () => {
  const file = await api.exportMe();
  expect(file.type).toBe('application/zip');
  expect(file.size).toBeGreaterThan(0);
});

test('erases everything, says what that was, and goes on as another guest', async () => {
  await keep(3);
  const before = remembered?.subject;
  expect(await api.eraseMe()).toMatchObject({ results: 3 });
  expect(remembered).toBeUndefined();
  expect((await api.results()).items).toEqual([]);
  expect(server.shelf.kept).toEqual([]);
  expect(remembered).toMatchObject({ subject: expect.not.stringMatching(before ?? '') as unknown });
});

test('erases and exports nothing in the name of a guest who holds nothing', async () => {
  await keep(1);
  server.guests.clear();
  await expect(api.eraseMe()).rejects.toMatchObject({ status: 401 });
  expect(server.shelf.kept).toHaveLength(1);
  expect((await api.results()).items).toEqual([]);
});

test('goes on as the guest whom another tab of the browser became', async () => {
  await keep(1);
  const other = newVisit();
  await other.eraseMe();
  server.guests.clear();
  await other.engines();
  const fresh = remembered;
  await api.results();
  expect(remembered).toBe(fresh);
});

test('tells refusals with their code, waiting time and what to do', async () => {
  await api.engines();
  server.shelf.refusal = {
    status: 429,
    problem: { code: 'RATE_LIMITED', suggestion: 'Wait a little.', retryAfterMs: 30_000 },
  };
  await expect(api.results()).rejects.toMatchObject({
    status: 429,
    problem: { code: 'RATE_LIMITED', suggestion: 'Wait a little.' },
    retryAfterMillis: 30_000,
  });
});
