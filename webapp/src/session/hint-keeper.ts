import type { Hint } from './store';

const patienceMillis = 700;

/** Complaints about what a picture shows: the person can help. Others are the server's own and pass. */
const aboutThePicture: ReadonlySet<string> = new Set([
  'HAND_NOT_DETECTED',
  'PARTIAL_HAND_DETECTED',
  'FACE_NOT_DETECTED',
  'BODY_NOT_DETECTED',
  'FABRIC_NOT_DETECTED',
  'LOW_LIGHT',
  'BLUR_DETECTED',
]);

export function isAboutThePicture(code: string): boolean {
  return aboutThePicture.has(code);
}

/**
 * Turns what the server says of each frame into a hint that does not flicker: a complaint is shown once it has lasted,
 * and taken back at the first good picture. Changes are few, so they may render.
 */
export class HintKeeper {
  readonly #show: (hint: Hint | undefined) => void;
  readonly #now: () => number;
  #since: number | undefined;
  #shown: string | undefined;

  /** @param now monotonic milliseconds */
  constructor(show: (hint: Hint | undefined) => void, now: () => number) {
    this.#show = show;
    this.#now = now;
  }

  /** @param patience `none` for a still photo, which will not get better by itself */
  complain(hint: Hint, patience: 'some' | 'none'): void {
    const now = this.#now();
    this.#since ??= now;
    const due = patience === 'none' || now - this.#since >= patienceMillis;
    if (due && this.#shown !== hint.code) {
      this.#shown = hint.code;
      this.#show(hint);
    }
  }

  clear(): void {
    this.#since = undefined;
    if (this.#shown !== undefined) {
      this.#shown = undefined;
      this.#show(undefined);
    }
  }
}
