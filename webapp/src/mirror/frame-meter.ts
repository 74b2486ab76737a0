const longestMillis = 6_000;
const fewest = 3;

/** Counts pictures shown over the last while. Read by polling, so that a frame never causes a render. */
export class FrameMeter {
  readonly #windowMillis: number;
  readonly #times: number[] = [];

  constructor(windowMillis = 2_000) {
    this.#windowMillis = windowMillis;
  }

  /** @param nowMillis monotonic */
  tick(nowMillis: number): void {
    this.#times.push(nowMillis);
    this.#forget(nowMillis);
  }

  /** Frames a second over the window, or since the first frame where that is later; of slow ones over the last few. */
  rate(nowMillis: number): number {
    this.#forget(nowMillis);
    const [first] = this.#times;
    const last = this.#times.at(-1);
    if (first === undefined || last === undefined || this.#times.length < 2) {
      return 0;
    }
    const gaps = this.#times.length - 1;
    // Between slow pictures nothing has slowed down until the next is overdue.
    const spacing = Math.max(last - first, (gaps / (gaps + 1)) * (nowMillis - first));
    return (gaps * 1_000) / Math.max(1, spacing);
  }

  reset(): void {
    this.#times.length = 0;
  }

  #forget(nowMillis: number): void {
    const tooOld = (time: number) =>
      nowMillis - time > longestMillis ||
      (nowMillis - time > this.#windowMillis && this.#times.length > fewest);
    while (this.#times[0] !== undefined && tooOld(this.#times[0])) {
      this.#times.shift();
    }
  }
}
