/** Keeps the screen on while a mirror is live. Browsers drop the lock when the page is hidden, so it is asked for again. */
export class WakeLock {
  #wanted = false;
  #lock: WakeLockSentinel | undefined;

  constructor() {
    document.addEventListener('visibilitychange', () => void this.#acquire());
  }

  hold(): void {
    this.#wanted = true;
    void this.#acquire();
  }

  release(): void {
    this.#wanted = false;
    void this.#lock?.release();
    this.#lock = undefined;
  }

  async #acquire(): Promise<void> {
    const held = this.#lock !== undefined && !this.#lock.released;
    if (
      !this.#wanted ||
      held ||
      document.visibilityState !== 'visible' ||
      !('wakeLock' in navigator)
    ) {
      return;
    }
    try {
      this.#lock = await navigator.wakeLock.request('screen');
    } catch {
      // A low battery refuses the lock; the mirror works without it.
    }
  }
}
