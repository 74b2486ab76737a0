import type { Captured, Page, Result, TryOnApi } from '../client';
import { keptThere, shownFiles, type Kept, type KeptHere, type KeptSoon } from './kept';
import { PictureFiles } from './picture-files';
import { revokeLater } from './revoke-later';
import { useStore, type AlbumView } from './store';
import { troubleOf, type Trouble } from './trouble';

const pageLength = 24;

/** How many pictures that only this visit has are held in memory; each was given to the browser to save, too. */
const mostHere = 40;

export type AlbumApi = Pick<TryOnApi, 'results' | 'result' | 'removeResult' | 'file'>;

/** The kept pictures: those on the server, page by page, and those that only this visit has. It tells the store. */
export class Album {
  readonly files: PictureFiles;
  readonly #api: AlbumApi;
  #run = 0;

  constructor(api: AlbumApi) {
    this.#api = api;
    this.files = new PictureFiles(api);
    useStore.subscribe(({ connection, album }, before) => {
      const back = connection.phase === 'live' && before.connection.phase !== 'live';
      if (back && album.phase === 'failed') {
        void this.more();
      }
    });
  }

  /** Learns what the server keeps, the newest first. */
  async open(): Promise<void> {
    await this.#learn(undefined);
  }

  /** Learns of older pictures, if there are any; after a failure, tries again. */
  async more(): Promise<void> {
    const { phase, next } = useStore.getState().album;
    if (phase === 'failed' || (phase === 'ready' && next !== undefined)) {
      await this.#learn(next);
    }
  }

  /** A picture is being kept. */
  begin(soon: KeptSoon): void {
    useStore.setState(({ results }) => ({ results: [soon, ...results] }));
  }

  /** The server has kept it. */
  keptThere(soon: KeptSoon, { resultId, files }: Captured): void {
    const shown = shownFiles(files);
    if (shown.thumbnail) {
      this.files.adopt(shown.thumbnail.url, soon.preview);
    }
    const { item, keptAt } = soon;
    const there = { item, keptAt, place: 'server', id: resultId } as const;
    const urls = files.map(({ url }) => url);
    this.#replace(soon, { ...there, ...shown, urls, cloth: undefined, expiresAt: undefined });
    this.#api.result(resultId).then(
      (result) => this.#replace(there, keptThere(result)),
      // It is kept; only until when is told at the next visit.
      () => undefined,
    );
  }

  /** The server could not keep it: this visit has it. */
  keptHere(soon: KeptSoon, here: KeptHere, { kind }: Trouble): void {
    this.#replace(soon, here);
    release(soon);
    const held = useStore.getState().results.filter(({ place }) => place === 'visit');
    held.slice(mostHere).forEach((kept) => this.#drop(kept));
    if (kind === 'full') {
      this.#show({ room: 'none' });
    }
  }

  /** The server has made something by itself. */
  learn(result: Result): void {
    useStore.setState(({ results }) => ({
      results: [keptThere(result), ...results.filter(({ id }) => id !== result.id)],
    }));
    this.#show({ room: 'left' });
  }

  /** Removes a scan that another has taken the place of. What cannot be removed stays to be seen, and is removed by hand. */
  async removeScan(id: string): Promise<void> {
    const kept = useStore.getState().results.find((each) => each.id === id);
    if (kept) {
      await this.remove(kept);
    } else {
      await this.#api.removeResult(id).catch(troubleOf);
    }
  }

  /** Removes a picture for good. @returns why it is still there */
  async remove(kept: Kept): Promise<Trouble | undefined> {
    if (kept.place === 'server') {
      try {
        await this.#api.removeResult(kept.id);
      } catch (error) {
        const trouble = troubleOf(error);
        if (trouble.kind !== 'gone') {
          return trouble;
        }
      }
      this.#show({ room: 'left' });
    }
    this.#drop(kept);
    return undefined;
  }

  /** Everything was erased. */
  forget(): void {
    this.#run += 1;
    useStore.getState().results.forEach((kept) => this.#drop(kept));
    this.files.clear();
    this.#show({ phase: 'ready', next: undefined, trouble: undefined, room: 'left' });
  }

  async #learn(cursor: string | undefined): Promise<void> {
    const run = ++this.#run;
    this.#show({ phase: 'loading', trouble: undefined });
    try {
      const query = { limit: pageLength, ...(cursor === undefined ? {} : { cursor }) };
      const page = await this.#api.results(query);
      if (run === this.#run) {
        this.#add(page);
      }
    } catch (error) {
      if (run === this.#run) {
        this.#failed(troubleOf(error));
      }
    }
  }

  #add({ items, nextCursor }: Page<Result>): void {
    useStore.setState(({ results, album }) => {
      const known = new Set(results.map(({ id }) => id));
      const learnt = items.filter(({ id }) => !known.has(id)).map(keptThere);
      return {
        results: [...results, ...learnt],
        album: { ...album, phase: 'ready', next: nextCursor ?? undefined },
      };
    });
  }

  #failed(trouble: Trouble): void {
    // A server from before results has none: that is an empty album.
    const none = trouble.kind === 'gone';
    this.#show(none ? { phase: 'ready', next: undefined } : { phase: 'failed', trouble });
  }

  #replace({ id }: Pick<Kept, 'id'>, after: Kept): void {
    useStore.setState(({ results }) => ({
      results: results
        // A list that came meanwhile may have told it before its own answer did.
        .filter((each) => each.id === id || each.id !== after.id)
        .map((each) => (each.id === id ? after : each)),
    }));
  }

  #drop(kept: Kept): void {
    useStore.setState(({ results }) => ({ results: results.filter(({ id }) => id !== kept.id) }));
    if (kept.place === 'server') {
      this.files.drop(kept.urls);
    }
    release(kept);
  }

  #show(change: Partial<AlbumView>): void {
    useStore.setState(({ album }) => ({ album: { ...album, ...change } }));
  }
}

/** Gives back the memory of a picture that this visit has. */
function release(kept: Kept): void {
  switch (kept.place) {
    case 'server':
      break;
    case 'visit':
      revokeLater(kept.jpeg);
      revokeLater(kept.png);
      break;
    case 'underway':
      revokeLater(kept.preview);
      break;
  }
}
