import type { Pace } from './store';

const slowBelowFps = 6;
const wellAboveFps = 8;
const toldMillis = 8_000;

/**
 * Tells the person once, for a while, that the mirror moves slowly because many use the server: after that the rate beside
 * the dot is enough. Rates that swing about the border do not make it say so again and again.
 */
export class PaceTeller {
  readonly #show: (pace: Pace) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shown: Pace = 'full';

  constructor(show: (pace: Pace) => void) {
    this.#show = show;
  }

  /** @param chosenFps what the person would have */
  advised(targetFps: number, chosenFps: number): void {
    const border = this.#shown === 'full' ? slowBelowFps : wellAboveFps;
    if (targetFps >= Math.min(border, chosenFps)) {
      this.clear();
    } else if (this.#shown === 'full') {
      this.#enter('slowed');
      this.#timer = setTimeout(() => this.#enter('slow'), toldMillis);
    }
  }

  clear(): void {
    clearTimeout(this.#timer);
    if (this.#shown !== 'full') {
      this.#enter('full');
    }
  }

  #enter(pace: Pace): void {
    this.#shown = pace;
    this.#show(pace);
  }
}
