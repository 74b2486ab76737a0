import { afterEach, beforeEach, expect, test } from 'vitest';
import { MockServer } from '../../test/mock-server.mjs';
import { png } from '../../test/png.mjs';
import { ApiError, TryOnApi, type Guest, type Result } from '../client';
import type { ScanState } from './fabric-view';
import { PhotoScans, type ScanShelf } from './photo-scans';

let server: MockServer;
let api: TryOnApi;
let learnt: Result[];
let removed: string[];
let shown: ScanState[];
let shelf: ScanShelf;
let scans: PhotoScans;

const file = new Blob([new Uint8Array(png(60, 40, () => [90, 90, 90, 255]))]);

beforeEach(async () => {
  server = new MockServer();
  let remembered: Guest | undefined;
  const tokens = { load: () => remembered, save: (guest?: Guest) => (remembered = guest) };
  api = new TryOnApi({ origin: await server.listen(), tokens });
  [learnt, removed, shown] = [[], [], []];
  shelf = {
    learn: (result) => learnt.push(result),
    removeScan: async (id) => {
      removed.push(id);
      await api.removeResult(id);
    },
  };
  scans = new PhotoScans(api, shelf, { kind: 'file', file });
});

afterEach(() => server.close());

const show = (state: ScanState) => shown.push(state);
const find = { swatch: 'find' };

test('a photo is sent, scanned and kept, and how far it is is told', async () => {
  const made = await scans.scan('fabric', find, show);
  expect(made).toMatchObject({ upload: { width: 60, height: 40 }, again: false });
  expect(made?.result.kind).toBe('scan');
  expect(learnt.map(({ id }) => id)).toEqual([made?.result.id]);
  expect(shown[0]).toEqual({ phase: 'sending' });
  const shares = shown.flatMap((state) => (state.phase === 'scanning' ? [state.progress] : []));
  expect(shares).toEqual([...shares].sort((one, other) => one - other));
  expect(shares.at(-1)).toBe(1);
});

test('scanned again, it is not sent again, and what it gave before is removed', async () => {
  const first = await scans.scan('fabric', find, show);
  const second = await scans.scan('fabric', { swatch: 'whole' }, show);
  expect(second?.again).toBe(true);
  expect(server.scans.uploads).toHaveLength(1);
  expect(removed).toEqual([first?.result.id]);
  expect(server.shelf.kept.map(({ result }) => String(result.id))).toEqual([second?.result.id]);
});

test('a newer scan calls the one on its way off, which then gives nothing', async () => {
  server.scans.scans = 'hold';
  const older = await new Promise<{ over: Promise<unknown> }>((begun) => {
    const over = scans.scan('fabric', find, ({ phase }) => phase === 'scanning' && begun({ over }));
  });
  server.scans.scans = 'make';
  const newer = await scans.scan('fabric', { swatch: 'whole' }, show);
  expect(await older.over).toBeUndefined();
  expect(newer?.result.look.options).toEqual({ swatch: 'whole' });
  expect(server.shelf.kept).toHaveLength(1);
  expect(server.scans.jobs[0]?.job.status).toBe('canceled');
});

test('a refusal is told with the server’s suggestion, and the scan before stays', async () => {
  const first = await scans.scan('fabric', find, show);
  server.scans.scans = 'refuse';
  const refusal = await scans.scan('fabric', find, show).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ApiError);
  expect(refusal).toMatchObject({ status: 422, problem: { code: 'FABRIC_NOT_DETECTED' } });
  expect(removed).toEqual([]);
  expect(server.shelf.kept.map(({ result }) => String(result.id))).toEqual([first?.result.id]);
});

test('an upload that failed is tried again by the next scan', async () => {
  const away = new TryOnApi({
    origin: 'http://127.0.0.1:9',
    tokens: { load: () => undefined, save: () => undefined },
  });
  const uploads: string[] = [];
  const flaky = new PhotoScans(
    {
      upload: async (photo, purpose) => {
        uploads.push(purpose);
        return (uploads.length === 1 ? away : api).upload(photo, purpose);
      },
      orderJob: api.orderJob.bind(api),
      followJob: api.followJob.bind(api),
      job: api.job.bind(api),
      callOffJob: api.callOffJob.bind(api),
      result: api.result.bind(api),
    },
    { learn: () => undefined, removeScan: () => Promise.resolve() },
    { kind: 'file', file },
  );
  await expect(flaky.scan('fabric', find, show)).rejects.toMatchObject({ status: 0 });
  expect(await flaky.scan('fabric', find, show)).toMatchObject({ again: false });
  expect(uploads).toEqual(['fabric', 'fabric']);
});

test('a photo that the server has is not sent, and what it gave before stays kept', async () => {
  const first = await scans.scan('fabric', find, show);
  const upload = await api.uploadOf(first?.upload.id ?? '');
  const later = new PhotoScans(api, shelf, { kind: 'upload', upload });
  const second = await later.scan('fabric', find, show);
  expect(second).toMatchObject({ again: true });
  const third = await later.scan('fabric', find, show);
  expect(server.scans.uploads).toHaveLength(1);
  expect(removed).toEqual([second?.result.id]);
  const kept = server.shelf.kept.map(({ result }) => String(result.id));
  expect(kept).toEqual([third?.result.id, first?.result.id]);
});

test('what was there before is removed even if the newer result cannot be read', async () => {
  const answers = [true, false, true];
  const forgetful = new PhotoScans(
    {
      upload: api.upload.bind(api),
      orderJob: api.orderJob.bind(api),
      followJob: api.followJob.bind(api),
      job: api.job.bind(api),
      callOffJob: api.callOffJob.bind(api),
      result: (id) =>
        answers.shift() === true ? api.result(id) : Promise.reject(new ApiError(503, {})),
    },
    shelf,
    { kind: 'file', file },
  );
  const first = await forgetful.scan('fabric', find, show);
  await expect(forgetful.scan('fabric', find, show)).rejects.toMatchObject({ status: 503 });
  expect(removed).toEqual([first?.result.id]);
  const last = await forgetful.scan('fabric', find, show);
  expect(server.shelf.kept.map(({ result }) => String(result.id))).toEqual([last?.result.id]);
});
