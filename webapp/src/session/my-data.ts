import type { Erased, TryOnApi } from '../client';
import { download } from '../mirror/keepsake';
import type { Album } from './album';
import type { LiveMirror } from './live-mirror';
import type { Scanner } from './scanner';
import { revokeLater } from './revoke-later';

/** What a person may ask of all that is held about them: to have it, and to have it erased. */
export class MyData {
  readonly #api: Pick<TryOnApi, 'exportMe' | 'eraseMe'>;
  readonly #album: Album;
  readonly #mirror: LiveMirror;
  readonly #scanner: Scanner;

  constructor(
    api: Pick<TryOnApi, 'exportMe' | 'eraseMe'>,
    album: Album,
    mirror: LiveMirror,
    scanner: Scanner,
  ) {
    this.#api = api;
    this.#album = album;
    this.#mirror = mirror;
    this.#scanner = scanner;
  }

  /** Lets the browser save everything. @throws ApiError if the server does not give it */
  async takeOut(): Promise<void> {
    const address = URL.createObjectURL(await this.#api.exportMe());
    download(address, `try-on-${new Date().toISOString().slice(0, 10)}.zip`);
    revokeLater(address);
  }

  /** Erases everything, here and on the server; the mirror goes on as somebody new. @throws ApiError if it is still there */
  async erase(): Promise<Erased> {
    return this.#mirror.withoutSession(async () => {
      const erased = await this.#api.eraseMe();
      // What is on show is let go of first, so that its files are closed with the others.
      this.#scanner.forget();
      this.#album.forget();
      return erased;
    });
  }
}
