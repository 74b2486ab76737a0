import { ApiError, CaptureError } from '../client';

/** Why the server did not do what was asked, as far as there are words for it. */
export type TroubleKind =
  'unreachable' | 'busy' | 'limited' | 'full' | 'stranger' | 'gone' | 'unsupported' | 'failed';

export interface Trouble {
  readonly kind: TroubleKind;
  /** After how many seconds it is worth trying again, where the server said so. */
  readonly seconds?: number;
}

const kinds: Readonly<Record<string, TroubleKind>> = {
  STORAGE_QUOTA_EXCEEDED: 'full',
  STORAGE_FULL: 'full',
  RATE_LIMITED: 'limited',
  SERVER_BUSY: 'busy',
  RESTARTING: 'busy',
  UNAUTHENTICATED: 'stranger',
  INVALID_MESSAGE: 'unsupported',
  NOT_CONNECTED: 'unreachable',
  CONNECTION_LOST: 'unreachable',
};

const kindsByStatus: Readonly<Record<number, TroubleKind>> = {
  0: 'unreachable',
  401: 'stranger',
  404: 'gone',
  429: 'limited',
  503: 'busy',
  507: 'full',
};

/** @throws what is no refusal of the server's */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof CaptureError) {
    return trouble(kinds[error.code] ?? 'failed', error.retryAfterMillis);
  }
  if (error instanceof ApiError) {
    const kind = kinds[error.problem.code ?? ''] ?? kindsByStatus[error.status] ?? 'failed';
    return trouble(kind, error.retryAfterMillis);
  }
  throw error;
}

function trouble(kind: TroubleKind, retryAfterMillis: number | undefined): Trouble {
  return {
    kind,
    ...(retryAfterMillis === undefined
      ? {}
      : { seconds: Math.max(1, Math.ceil(retryAfterMillis / 1_000)) }),
  };
}
