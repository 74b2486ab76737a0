/** How long to wait before another attempt: exponential, with full jitter. */
export interface BackoffSettings {
  readonly firstMillis: number;
  readonly longestMillis: number;
}

export const defaultBackoff: BackoffSettings = { firstMillis: 250, longestMillis: 8_000 };

/**
 * A wait drawn evenly between nothing and an exponentially growing ceiling ("full jitter", AWS Architecture Blog,
 * Exponential Backoff and Jitter), so that clients of a restarted server do not come back in one wave. Those that were told
 * to wait were told together: they come back spread over half as long again at least.
 *
 * @param attempt 0 for the first retry
 * @param leastMillis what the server asked to wait at least
 * @param random 0..1
 */
export function backoffMillis(
  attempt: number,
  { firstMillis, longestMillis }: BackoffSettings,
  leastMillis: number,
  random: () => number,
): number {
  const ceiling = Math.min(longestMillis, firstMillis * 2 ** Math.min(attempt, 30));
  return leastMillis + random() * Math.max(ceiling, leastMillis / 2);
}
