/** What the pacer knows when asked whether to send. */
export interface Traffic {
  /** Monotonic milliseconds. */
  readonly now: number;
  /** Frames sent, or being encoded, whose answer is still out. */
  readonly inFlight: number;
  /** Bytes that wait in the socket. */
  readonly bufferedBytes: number;
}

const leastFramesPerSecond = 0.2;
/** Half of what lies between two pictures of a camera: they come that much early or late. */
const forgivenMillis = 16;
/** Rates that differ by less keep their rhythm. */
const anotherRate = 1.2;

/**
 * Decides which camera pictures are sent: by credit (an answer pays for the next frame), at no more than the rate
 * asked for, and never behind a socket that still holds a whole frame.
 */
export class Pacer {
  readonly #random: () => number;
  #maxInFlight = 2;
  #intervalMillis = 40;
  #due = 0;
  #frameBytes = 64 * 1024;

  /** @param random 0..1 */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  limit(maxInFlight: number): void {
    this.#maxInFlight = Math.max(1, maxInFlight);
  }

  /** Sends so many a second from now on, fractions allowed. @param now monotonic milliseconds */
  pace(framesPerSecond: number, now: number): void {
    const interval = 1_000 / Math.max(leastFramesPerSecond, framesPerSecond);
    const ratio = interval / this.#intervalMillis;
    if (this.#due > 0 && (ratio > anotherRate || ratio < 1 / anotherRate)) {
      // Everybody is told at the same time: each goes on at a moment of their own, or all would send at once for ever.
      this.#due = now + this.#random() * interval;
    }
    this.#intervalMillis = interval;
  }

  /** Sends nothing for a while, as the server asked. @param until monotonic milliseconds */
  rest(until: number): void {
    this.#due = Math.max(this.#due, until);
  }

  /** Notes how large frames are at present. */
  sent(bytes: number): void {
    this.#frameBytes = bytes;
  }

  /** Whether to send now; if so the next frame is due an interval later. */
  admits({ now, inFlight, bufferedBytes }: Traffic): boolean {
    const forgiven = Math.min(forgivenMillis, this.#intervalMillis / 4);
    const early = this.#due - now > forgiven;
    if (early || inFlight >= this.#maxInFlight || bufferedBytes > this.#frameBytes) {
      return false;
    }
    this.#due = Math.max(this.#due, now - this.#intervalMillis / 2) + this.#intervalMillis;
    return true;
  }
}
