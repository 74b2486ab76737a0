import { beforeEach, expect, test } from 'vitest';
import { ApiError, type Captured, type Page, type Result, type ResultQuery } from '../client';
import { Album, type AlbumApi } from './album';
import type { KeptHere, KeptSoon } from './kept';
import { useStore } from './store';

/** The server's side: results, newest first, two a page. */
class Shelf implements AlbumApi {
  held: Result[] = [];
  refusal: ApiError | undefined;

  results({ cursor = '0' }: ResultQuery = {}): Promise<Page<Result>> {
    const end = Number(cursor) + 2;
    const items = this.held.slice(Number(cursor), end);
    const more = end < this.held.length ? { nextCursor: String(end) } : {};
    return this.#unlessRefused({ items, ...more });
  }

  result(id: string): Promise<Result> {
    const one = this.held.find((result) => result.id === id);
    return one ? this.#unlessRefused(one) : Promise.reject(new ApiError(404, {}));
  }

  removeResult(id: string): Promise<void> {
    const there = this.held.some((result) => result.id === id);
    this.held = this.held.filter((result) => result.id !== id);
    return there ? this.#unlessRefused(undefined) : Promise.reject(new ApiError(404, {}));
  }

  file(): Promise<Blob> {
    return this.#unlessRefused(new Blob());
  }

  #unlessRefused<Answer>(answer: Answer): Promise<Answer> {
    return this.refusal ? Promise.reject(this.refusal) : Promise.resolve(answer);
  }
}

let shelf: Shelf;
let album: Album;

beforeEach(() => {
  shelf = new Shelf();
  album = new Album(shelf);
  useStore.setState(useStore.getInitialState(), true);
});

function result(id: string): Result {
  const file = { mediaType: 'image/jpeg', bytes: 1 };
  return {
    id,
    kind: 'capture',
    engine: 'nails',
    look: { item: 'cobalt' },
    metadata: {},
    files: [
      { ...file, name: 'image', url: `/${id}/image` },
      { ...file, name: 'thumbnail', url: `/${id}/thumbnail` },
    ],
    createdAt: '2030-01-01T00:00:00Z',
    expiresAt: '2030-01-31T00:00:00Z',
  };
}

function captured(id: string): Captured {
  return { type: 'captured', requestId: 'r', resultId: id, files: result(id).files };
}

function soon(id: string): KeptSoon {
  return { place: 'underway', id, item: 'cobalt', keptAt: 0, preview: `blob:${id}` };
}

function here(id: string): KeptHere {
  return { place: 'visit', id, item: 'cobalt', keptAt: 0, jpeg: `blob:${id}j`, png: `blob:${id}p` };
}

const shown = () => useStore.getState().results.map(({ id, place }) => `${id} ${place}`);
const view = () => useStore.getState().album;

test('learns page by page, and asks for nothing beyond the last', async () => {
  shelf.held = ['c', 'b', 'a'].map(result);
  await album.open();
  expect(shown()).toEqual(['c server', 'b server']);
  await album.more();
  await album.more();
  expect(shown()).toEqual(['c server', 'b server', 'a server']);
  expect(view()).toMatchObject({ phase: 'ready', next: undefined });
});

test('a picture kept while the list is on its way is there once, before the others', async () => {
  shelf.held = ['a'].map(result);
  album.begin(soon('r'));
  shelf.held = ['new', 'a'].map(result);
  const opened = album.open();
  album.keptThere(soon('r'), captured('new'));
  await opened;
  expect(shown()).toEqual(['new server', 'a server']);
  expect(useStore.getState().results[0]).toMatchObject({
    expiresAt: Date.parse('2030-01-31T00:00:00Z'),
    whole: { url: '/new/image' },
  });
});

test('a picture that the list tells before its own answer is there once', async () => {
  shelf.held = ['new', 'a'].map(result);
  album.begin(soon('r'));
  await album.open();
  album.keptThere(soon('r'), captured('new'));
  expect(shown()).toEqual(['new server', 'a server']);
});

test('a list that fails says why, and goes on where it failed', async () => {
  shelf.held = ['c', 'b', 'a'].map(result);
  await album.open();
  shelf.refusal = new ApiError(429, { code: 'RATE_LIMITED', retryAfterMs: 1_500 });
  await album.more();
  expect(view()).toMatchObject({ phase: 'failed', trouble: { kind: 'limited', seconds: 2 } });
  shelf.refusal = undefined;
  await album.more();
  expect(shown()).toEqual(['c server', 'b server', 'a server']);
});

test('the album of a server from before results is empty', async () => {
  shelf.refusal = new ApiError(404, { code: 'NOT_FOUND' });
  await album.open();
  expect(view()).toMatchObject({ phase: 'ready', next: undefined });
});

test('removes what is there or has gone already, and keeps what the server would not remove', async () => {
  shelf.held = ['b', 'a'].map(result);
  await album.open();
  const [b, a] = useStore.getState().results;
  shelf.refusal = new ApiError(503, { code: 'SERVER_BUSY' });
  expect(b && (await album.remove(b))).toMatchObject({ kind: 'busy' });
  expect(shown()).toHaveLength(2);
  shelf.refusal = undefined;
  shelf.held = ['a'].map(result);
  expect(b && (await album.remove(b))).toBeUndefined();
  expect(a && (await album.remove(a))).toBeUndefined();
  expect(shown()).toEqual([]);
});

test('a full server is told until something is deleted', async () => {
  shelf.held = ['a'].map(result);
  await album.open();
  album.begin(soon('r'));
  album.keptHere(soon('r'), here('r'), { kind: 'full' });
  expect(shown()).toEqual(['r visit', 'a server']);
  expect(view().room).toBe('none');
  const [, a] = useStore.getState().results;
  expect(a && (await album.remove(a))).toBeUndefined();
  expect(view().room).toBe('left');
});

test('a visit holds so many pictures and no more, the newest', () => {
  for (let i = 0; i < 45; i += 1) {
    album.begin(soon(`${i}`));
    album.keptHere(soon(`${i}`), here(`${i}`), { kind: 'unreachable' });
  }
  expect(shown()).toHaveLength(40);
  expect(shown()[0]).toBe('44 visit');
});

test('forgets everything, and a list that comes too late', async () => {
  shelf.held = ['a'].map(result);
  await album.open();
  const late = album.open();
  album.forget();
  await late;
  expect(shown()).toEqual([]);
  expect(view().phase).toBe('ready');
});

test('the files of a removed picture are closed, all of them', async () => {
  const scan = result('a');
  const map = { name: 'normal', mediaType: 'image/png', bytes: 1, url: '/a/normal' };
  album.learn({ ...scan, files: [...scan.files, map] });
  shelf.held = [scan];
  const urls = ['/a/image', '/a/normal', '/b/image'];
  const loans = urls.map((url) => album.files.borrow(url));
  await Promise.all(loans.map(({ address }) => address));
  loans.forEach(({ giveBack }) => giveBack());
  await album.removeScan('a');
  expect(urls.filter((url) => album.files.peek(url) !== undefined)).toEqual(['/b/image']);
});
