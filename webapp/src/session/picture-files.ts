import type { TryOnApi } from '../client';
import { revokeLater } from './revoke-later';

interface Open {
  readonly address: Promise<string>;
  ready: string | undefined;
  /** Told once it was fetched; 0 for thumbnails that were taken over. */
  bytes: number;
  users: number;
}

/** A file's address. */
export interface Loan {
  /** Good until the loan is given back. Fails with an `ApiError` if the file cannot be had. */
  readonly address: Promise<string>;
  readonly giveBack: () => void;
}

/** How much that nobody shows is kept at hand: many thumbnails, or the maps of a cloth or two. */
const mostIdle = 48;
const mostIdleBytes = 24 << 20;

/**
 * The server's files as addresses that the page can show. A file is fetched once, with the guest's token, for everybody
 * who shows it; its memory is given back a while after nobody does.
 */
export class PictureFiles {
  readonly #api: Pick<TryOnApi, 'file'>;
  /** Those that were used last are at the end. */
  readonly #open = new Map<string, Open>();

  constructor(api: Pick<TryOnApi, 'file'>) {
    this.#api = api;
  }

  borrow(url: string): Loan {
    const open = this.#open.get(url) ?? this.#add(url, this.#api.file(url));
    open.users += 1;
    this.#touch(url, open);
    const giveBack = () => {
      open.users -= 1;
      if (this.#open.get(url) === open) {
        this.#touch(url, open);
        this.#closeIdle();
      } else {
        closeUnused(open);
      }
    };
    return { address: open.address, giveBack };
  }

  /** A file's address if it is at hand already. */
  peek(url: string): string | undefined {
    return this.#open.get(url)?.ready;
  }

  /** Takes over an address of the same picture, so that it need not be fetched. */
  adopt(url: string, address: string): void {
    if (this.#open.has(url)) {
      revokeLater(address);
    } else {
      const open = { address: Promise.resolve(address), ready: address, bytes: 0, users: 0 };
      this.#open.set(url, open);
      this.#closeIdle();
    }
  }

  /** Lets go of files that are no more: at once, or as soon as nobody shows them. */
  drop(urls: readonly string[]): void {
    for (const url of urls) {
      const open = this.#open.get(url);
      this.#open.delete(url);
      if (open) {
        closeUnused(open);
      }
    }
  }

  /** Lets go of all files: at once, or as soon as nobody shows them. */
  clear(): void {
    this.drop([...this.#open.keys()]);
  }

  #add(url: string, file: Promise<Blob>): Open {
    const address = file.then((blob) => {
      open.bytes = blob.size;
      return URL.createObjectURL(blob);
    });
    const open: Open = { address, ready: undefined, bytes: 0, users: 0 };
    this.#open.set(url, open);
    address.then(
      (ready) => {
        open.ready = ready;
        if (this.#open.get(url) === open) {
          this.#closeIdle();
        } else {
          closeUnused(open);
        }
      },
      () => {
        // Whoever asks next tries again.
        if (this.#open.get(url) === open) {
          this.#open.delete(url);
        }
      },
    );
    return open;
  }

  #touch(url: string, open: Open): void {
    if (this.#open.get(url) === open) {
      this.#open.delete(url);
      this.#open.set(url, open);
    }
  }

  #closeIdle(): void {
    const idle = [...this.#open].filter(([, { users }]) => users <= 0).reverse();
    let bytes = 0;
    const beyond = idle.filter(([, open], at) => {
      bytes += open.bytes;
      return at >= mostIdle || bytes > mostIdleBytes;
    });
    this.drop(beyond.map(([url]) => url));
  }
}

function closeUnused({ users, ready }: Open): void {
  if (users <= 0 && ready !== undefined) {
    URL.revokeObjectURL(ready);
  }
}
