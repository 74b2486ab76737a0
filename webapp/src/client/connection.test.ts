import { afterEach, beforeEach, expect, test } from 'vitest';
import { MockServer } from '../../test/mock-server.mjs';
import { TryOnApi } from './api';
import { TryOnConnection, type ConnectionEvents, type ConnectionState } from './connection';
import type { Output } from './types';

const frame = {
  sequence: 1,
  capturedAt: 0,
  format: 'jpeg' as const,
  width: 64,
  height: 48,
  bytes: new Uint8Array([1, 2, 3]),
};

let server: MockServer;
let api: TryOnApi;
let connection: TryOnConnection;

beforeEach(async () => {
  server = new MockServer();
  const origin = await server.listen();
  api = new TryOnApi({ origin, tokens: { load: () => undefined, save: () => undefined } });
});

afterEach(async () => {
  connection.close();
  await server.close();
});

async function connect(output: Output = 'overlay', graceMillis = 20_000): Promise<TryOnConnection> {
  const look = { item: 'cherry-red' };
  const session = await api.createSession({ engine: 'nails', look, quality: 'balanced', output });
  connection = new TryOnConnection({
    ...api.webSocketAddresses(session),
    resumeToken: session.resumeToken,
    codecs: ['jpeg', 'webp'],
    output,
    maxInFlight: 2,
    graceMillis,
    captureMillis: 300,
    backoff: { firstMillis: 1, longestMillis: 2 },
  });
  return connection;
}

function next<Name extends keyof ConnectionEvents>(name: Name): Promise<ConnectionEvents[Name]> {
  return new Promise((resolve) => {
    const remove = connection.on(name, (event) => {
      remove();
      resolve(event);
    });
  });
}

function phase<Phase extends ConnectionState['phase']>(wanted: Phase) {
  return new Promise<Extract<ConnectionState, { phase: Phase }>>((resolve) => {
    const remove = connection.on('state', (state) => {
      if (state.phase === wanted) {
        remove();
        resolve(state as Extract<ConnectionState, { phase: Phase }>);
      }
    });
  });
}

async function live(output?: Output, graceMillis?: number): Promise<void> {
  await connect(output, graceMillis);
  const ready = next('ready');
  connection.open();
  await ready;
}

test('says hello first and is live once the server is ready', async () => {
  await live();
  expect(connection.state).toEqual({ phase: 'live' });
  expect(server.received[0]).toMatchObject({ type: 'hello', output: 'overlay', maxInFlight: 2 });
});

test('answers bear the sequence of the frame they belong to', async () => {
  await live();
  const answer = next('answer');
  expect(connection.sendFrame({ ...frame, sequence: 42 })).toBe(true);
  expect(await answer).toMatchObject({ type: 'overlay', sequence: 42 });
});

test('whole frames come back where they were asked for', async () => {
  await live('frame');
  const answer = next('answer');
  connection.sendFrame(frame);
  expect(await answer).toMatchObject({ type: 'frame', sequence: 1, bytes: frame.bytes });
});

test('skipped and refused frames are told as such', async () => {
  await live();
  server.frames = 'skip';
  const skipped = next('skipped');
  connection.sendFrame(frame);
  expect(await skipped).toMatchObject({ sequence: 1, reason: 'overloaded' });

  server.frames = 'answer';
  server.complaint = { code: 'HAND_NOT_DETECTED' };
  const error = next('error');
  connection.sendFrame({ ...frame, sequence: 2 });
  expect(await error).toMatchObject({ sequence: 2, code: 'HAND_NOT_DETECTED' });
});

test('comes back with its resume token after a loss', async () => {
  await live();
  const ready = next('ready');
  server.drop();
  await ready;
  expect(server.queries).toHaveLength(2);
  expect(server.queries[0]).toMatch(/^ticket=/);
  expect(server.queries[1]).toBe('');
  const [session] = server.sessions.values();
  expect(server.received[1]).toMatchObject({ type: 'hello', resumeToken: session?.resumeToken });
});

test('comes back after a restart of the server', async () => {
  await live();
  const ready = next('ready');
  server.drop(1012);
  await ready;
  expect(connection.state.phase).toBe('live');
});

test('asks for a new session when its own is gone', async () => {
  await live();
  const closed = phase('closed');
  server.sessions.clear();
  server.drop();
  expect(await closed).toEqual({ phase: 'closed', code: 4404, renew: true });
});

test('asks for a new session once the grace time is over', async () => {
  await live('overlay', 0);
  const closed = phase('closed');
  server.drop();
  expect(await closed).toMatchObject({ renew: true });
});

test.each([4400, 4403, 4409, 4413, 4426])('stays away after close code %i', async (code) => {
  await live();
  const closed = phase('closed');
  server.drop(code);
  expect(await closed).toEqual({ phase: 'closed', code, renew: false });
});

test.each([4429, 4503])(
  'waits as long as it is told after close code %i, and then some',
  async (code) => {
    await live();
    const reconnecting = phase('reconnecting');
    server.drop(code, 4_000);
    const { busyMillis } = await reconnecting;
    expect(busyMillis).toBeGreaterThanOrEqual(4_000);
    expect(busyMillis).toBeLessThanOrEqual(6_000);
  },
);

test('waits a second where an overloaded server does not say how long', async () => {
  await live();
  const reconnecting = phase('reconnecting');
  server.drop(4503);
  expect((await reconnecting).busyMillis).toBeGreaterThanOrEqual(1_000);
});

test('advice of a rate is told as it comes, fractions and all', async () => {
  await live();
  const advice = next('quality');
  server.advise(1.1);
  expect(await advice).toMatchObject({ targetFps: 1.1 });
});

test('frames are not sent, nor kept for later, while there is no connection', async () => {
  await connect();
  expect(connection.sendFrame(frame)).toBe(false);
});

test('a new look goes out on the same connection', async () => {
  await live();
  connection.wear({ item: 'cobalt', options: { coverage: 0.5 } });
  const answer = next('answer');
  connection.sendFrame(frame);
  await answer;
  expect(server.received).toContainEqual({
    type: 'look',
    item: 'cobalt',
    options: { coverage: 0.5 },
  });
});

async function liveWithPicture(): Promise<void> {
  await live();
  const answer = next('answer');
  connection.sendFrame(frame);
  await answer;
}

test('a capture is told by its own request, with the files that were kept', async () => {
  await liveWithPicture();
  const [one, other] = await Promise.all([connection.capture('one'), connection.capture('other')]);
  expect([one.requestId, other.requestId]).toEqual(['one', 'other']);
  expect(one.resultId).not.toBe(other.resultId);
  expect(one.files.map(({ name }) => name)).toEqual(['image', 'thumbnail']);
});

test('a refused capture says why, and is no complaint about a frame', async () => {
  await liveWithPicture();
  const complaints: string[] = [];
  connection.on('error', ({ code }) => complaints.push(code));
  server.shelf.captures = 'refuse';
  await expect(connection.capture('one')).rejects.toMatchObject({
    code: 'SERVER_BUSY',
    suggestion: undefined,
    retryAfterMillis: 2_000,
  });
  server.shelf.captures = 'keep';
  server.shelf.capacity = 0;
  await expect(connection.capture('two')).rejects.toMatchObject({
    code: 'STORAGE_QUOTA_EXCEEDED',
  });
  expect(complaints).toEqual([]);
});

test('a server from before captures is told apart from one that lost the picture', async () => {
  await liveWithPicture();
  server.shelf.captures = 'unknown';
  await expect(connection.capture('one')).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
  server.shelf.captures = 'silence';
  await expect(connection.capture('two')).rejects.toMatchObject({ code: 'NO_ANSWER' });
});

test('a capture fails at once without a connection, and when it is lost meanwhile', async () => {
  await connect();
  await expect(connection.capture('one')).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
  const ready = next('ready');
  connection.open();
  await ready;
  server.shelf.captures = 'silence';
  const lost = expect(connection.capture('two')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  server.drop(1012);
  await lost;
});
