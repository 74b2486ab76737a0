import { afterEach, beforeEach, expect, test } from 'vitest';
import { MockServer } from '../../test/mock-server.mjs';
import { TryOnApi } from './api';
import { ApiError } from './guest-calls';
import type { Guest } from './types';

let server: MockServer;
let origin: string;
let saved: (Guest | undefined)[];

beforeEach(async () => {
  server = new MockServer();
  origin = await server.listen();
  saved = [];
});

afterEach(() => server.close());

function apiOf(guest?: Guest, now?: () => number): TryOnApi {
  return new TryOnApi({
    origin,
    tokens: { load: () => guest, save: (fresh) => saved.push(fresh) },
    ...(now ? { now } : {}),
  });
}

const session = {
  engine: 'nails',
  look: {},
  quality: 'balanced',
  output: 'overlay',
} as const;

test('becomes a guest once, however many calls need one', async () => {
  const api = apiOf();
  await Promise.all([api.engines(), api.engine('nails'), api.catalog('nails')]);
  expect(saved).toHaveLength(1);
});

test('becomes a guest anew when the token is about to end', async () => {
  const ending = { token: 't', subject: 's', expiresAt: new Date(1_030_000).toISOString() };
  await apiOf(ending, () => 1_000_000).engines();
  expect(saved).toHaveLength(1);
});

test('lists engines and looks', async () => {
  const api = apiOf();
  expect((await api.engines()).map(({ id }) => id)).toEqual(['nails', 'fabric']);
  expect((await api.catalog('nails')).length).toBeGreaterThan(10);
});

test('tells refusals with their code and waiting time', async () => {
  server.refusal = {
    status: 503,
    problem: { code: 'SERVER_BUSY', detail: 'Full.', retryAfterMs: 4_000 },
  };
  const refusal = await apiOf()
    .createSession(session)
    .catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ApiError);
  expect(refusal).toMatchObject({ status: 503, message: 'Full.', retryAfterMillis: 4_000 });
});

test('tells an unreachable server by status 0', async () => {
  const api = new TryOnApi({
    origin: 'http://127.0.0.1:9',
    tokens: { load: () => undefined, save: () => undefined },
  });
  await expect(api.engines()).rejects.toMatchObject({ status: 0 });
});

test('socket addresses follow the page: wss where it came by https', () => {
  const tokens = { load: () => undefined, save: () => undefined };
  const api = new TryOnApi({ origin: 'https://try.example', tokens });
  const addresses = api.webSocketAddresses({
    id: '1',
    status: 'created',
    expiresAt: '2030-01-01T00:00:00Z',
    webSocket: { path: '/ws/try-on/1', ticket: 'a b' },
    resumeToken: 'r',
  });
  expect(addresses).toEqual({
    ticketAddress: 'wss://try.example/ws/try-on/1?ticket=a+b',
    resumeAddress: 'wss://try.example/ws/try-on/1',
  });
});
