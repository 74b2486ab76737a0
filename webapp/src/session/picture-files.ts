import type { TryOnApi } from '../client';
import { revokeLater } from './revoke-later';

interface Open {
  readonly address: Promise<string>;
  ready: string | undefined;
  users: number;
}

/** A file's address. */
export interface Loan {
  /** Good until the loan is given back. Fails with an `ApiError` if the file cannot be had. */
  readonly address: Promise<string>;
  readonly giveBack: () => void;
}

/** How many files that nobody shows are kept at hand. */
const mostIdle = 48;

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
      this.#touch(url, open);
      this.#closeIdle(mostIdle);
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
      const open = { address: Promise.resolve(address), ready: address, users: 0 };
      this.#open.set(url, open);
      this.#closeIdle(mostIdle);
    }
  }

  /** Lets go of all that nobody shows. */
  clear(): void {
    this.#closeIdle(0);
  }

  #add(url: string, file: Promise<Blob>): Open {
    const address = file.then((blob) => URL.createObjectURL(blob));
    const open: Open = { address, ready: undefined, users: 0 };
    this.#open.set(url, open);
    address.then(
      (ready) => {
        if (this.#open.get(url) === open) {
          open.ready = ready;
        } else {
          URL.revokeObjectURL(ready);
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

  #closeIdle(most: number): void {
    const idle = [...this.#open].filter(([, { users }]) => users <= 0);
    for (const [url, { ready }] of idle.slice(0, Math.max(0, idle.length - most))) {
      this.#open.delete(url);
      if (ready !== undefined) {
        URL.revokeObjectURL(ready);
      }
    }
  }
}
