import type { Guest, TokenStore } from '../client';

const key = 'tryon.guest';

/** Remembers the guest between visits, where the browser lets us. */
export const guestToken: TokenStore = {
  load() {
    try {
      const text = localStorage.getItem(key);
      return text === null ? undefined : (JSON.parse(text) as Guest);
    } catch {
      return undefined;
    }
  },
  save(guest) {
    try {
      if (guest) {
        localStorage.setItem(key, JSON.stringify(guest));
      } else {
        localStorage.removeItem(key);
      }
    } catch {
      // Private windows may refuse storage; the guest then lasts as long as the page.
    }
  },
};
