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

  /** Frames a second over the window, or since the first frame where that is later. */
  rate(nowMillis: number): number {
    this.#forget(nowMillis);
    const first = this.#times[0];
    if (first === undefined || this.#times.length < 2) {
      return 0;
    }
    return ((this.#times.length - 1) * 1_000) / Math.max(1, nowMillis - first);
  }

  reset(): void {
    this.#times.length = 0;
  }

  #forget(nowMillis: number): void {
    while (this.#times[0] !== undefined && nowMillis - this.#times[0] > this.#windowMillis) {
      this.#times.shift();
    }
  }
}
