/** What the pacer knows when asked whether to send. */
export interface Traffic {
  /** Monotonic milliseconds. */
  readonly now: number;
  /** Frames sent, or being encoded, whose answer is still out. */
  readonly inFlight: number;
  /** Bytes that wait in the socket. */
  readonly bufferedBytes: number;
}

/**
 * Decides which camera pictures are sent: by credit (an answer pays for the next frame), at no more than the rate
 * asked for, and never behind a socket that still holds a whole frame.
 */
export class Pacer {
  #maxInFlight = 2;
  #intervalMillis = 40;
  #due = 0;
  #frameBytes = 64 * 1024;

  limit(maxInFlight: number): void {
    this.#maxInFlight = Math.max(1, maxInFlight);
  }

  pace(framesPerSecond: number): void {
    this.#intervalMillis = 1_000 / Math.max(0.5, framesPerSecond);
  }

  /** Notes how large frames are at present. */
  sent(bytes: number): void {
    this.#frameBytes = bytes;
  }

  /** Whether to send now; if so the next frame is due an interval later. */
  admits({ now, inFlight, bufferedBytes }: Traffic): boolean {
    // A camera's pictures come a little early or late: a quarter of an interval is forgiven.
    const early = this.#due - now > this.#intervalMillis / 4;
    if (early || inFlight >= this.#maxInFlight || bufferedBytes > this.#frameBytes) {
      return false;
    }
    this.#due = Math.max(this.#due, now - this.#intervalMillis / 2) + this.#intervalMillis;
    return true;
  }
}
