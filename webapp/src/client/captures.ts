import type { Captured, ServerError } from './messages';

/** Why a picture was not kept: a code of the server's, or one of our own for what happens on the way. */
export class CaptureError extends Error {
  constructor(
    /** `NOT_CONNECTED`, `CONNECTION_LOST` and `NO_ANSWER` are ours. */
    readonly code: string,
    readonly suggestion?: string,
    readonly retryAfterMillis?: number,
  ) {
    super(code);
    this.name = 'CaptureError';
  }
}

interface Waiting {
  readonly done: (captured: Captured) => void;
  readonly failed: (error: CaptureError) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Captures that wait for their answer, each by its own `requestId`. */
export class Captures {
  readonly #patienceMillis: number;
  readonly #waiting = new Map<string, Waiting>();

  constructor(patienceMillis: number) {
    this.#patienceMillis = patienceMillis;
  }

  /** @param send puts the request on the line. @returns its answer. @throws CaptureError if there will be none */
  async ask(requestId: string, send: () => boolean): Promise<Captured> {
    return new Promise((done, failed) => {
      if (!send()) {
        failed(new CaptureError('NOT_CONNECTED'));
        return;
      }
      const timer = setTimeout(
        () => this.#take(requestId)?.failed(new CaptureError('NO_ANSWER')),
        this.#patienceMillis,
      );
      this.#waiting.set(requestId, { done, failed, timer });
    });
  }

  captured(answer: Captured): void {
    this.#take(answer.requestId)?.done(answer);
  }

  /** @returns whether the complaint was about a capture */
  refused({ code, requestId, sequence, suggestion, retryAfterMs }: ServerError): boolean {
    // Servers from before captures refuse the message as one they do not know, without saying which it was.
    const [oldest] = this.#waiting.keys();
    const unknown = code === 'INVALID_MESSAGE' && sequence === undefined ? oldest : undefined;
    const about = requestId ?? unknown;
    if (about === undefined) {
      return false;
    }
    this.#take(about)?.failed(new CaptureError(code, suggestion, retryAfterMs));
    return true;
  }

  /** No answer will come any more. */
  lost(): void {
    [...this.#waiting.keys()].forEach((requestId) =>
      this.#take(requestId)?.failed(new CaptureError('CONNECTION_LOST')),
    );
  }

  #take(requestId: string): Waiting | undefined {
    const waiting = this.#waiting.get(requestId);
    this.#waiting.delete(requestId);
    clearTimeout(waiting?.timer);
    return waiting;
  }
}
