import {
  ApiError,
  CaptureError,
  TryOnConnection,
  backoffMillis,
  defaultBackoff,
  type Captured,
  type ConnectionState,
  type Look,
  type OutgoingFrame,
  type Output,
  type QualityName,
  type Session,
  type TryOnApi,
} from '../client';
import { useStore, type Connection } from './store';

/** What a session is made for. */
export interface Wanted {
  readonly engine: string;
  readonly look: Look;
  readonly quality: QualityName;
  readonly output: Output;
}

const maxInFlight = 3;

/** Keeps one live session going: makes it, comes back after losses, makes another when it is gone. */
export class SessionKeeper {
  readonly #api: TryOnApi;
  readonly #attach: (connection: TryOnConnection) => void;
  #wanted: Wanted | undefined;
  #wornLook: Look | undefined;
  #session: Session | undefined;
  #connection: TryOnConnection | undefined;
  #ending = Promise.resolve();
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;

  /** @param attach is given each new connection before it opens, to listen to it */
  constructor(api: TryOnApi, attach: (connection: TryOnConnection) => void) {
    this.#api = api;
    this.#attach = attach;
    window.addEventListener('online', () => this.retryNow());
    window.addEventListener('offline', () => this.#show({ phase: 'reconnecting' }));
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') {
        this.retryNow();
      }
    });
    window.addEventListener('pagehide', () => this.#connection?.close());
    window.addEventListener('pageshow', ({ persisted }) => persisted && this.retryNow());
  }

  get isRunning(): boolean {
    return this.#wanted !== undefined;
  }

  start(wanted: Wanted): void {
    this.stop();
    this.#wanted = wanted;
    this.#show({ phase: 'connecting' });
    void this.#open(++this.#run);
  }

  stop(): void {
    this.#run += 1;
    clearTimeout(this.#timer);
    this.#connection?.close();
    if (this.#session) {
      // Ending early only saves the server its grace time; a failure changes nothing.
      this.#ending = this.#api.endSession(this.#session.id).catch(() => undefined);
    }
    this.#connection = undefined;
    this.#session = undefined;
    this.#wanted = undefined;
    this.#attempt = 0;
    useStore.setState({ connection: { phase: 'idle' } });
  }

  /** Stops, and waits until the server knows, or cannot be told. */
  async stopped(): Promise<void> {
    this.stop();
    await this.#ending;
  }

  /** @returns whether the server was told; if not it will be when the connection is back */
  wear(look: Look): boolean {
    if (!this.#wanted) {
      return false;
    }
    this.#wanted = { ...this.#wanted, look };
    if (this.#connection?.wear(look)) {
      this.#wornLook = look;
      return true;
    }
    return false;
  }

  quality(quality: QualityName): void {
    if (this.#wanted) {
      this.#wanted = { ...this.#wanted, quality };
      this.#connection?.quality(quality);
    }
  }

  send(frame: OutgoingFrame): boolean {
    return this.#connection?.sendFrame(frame) ?? false;
  }

  /** Keeps the newest processed frame on the server. @throws CaptureError if that was not acknowledged */
  async capture(requestId: string): Promise<Captured> {
    if (!this.#connection) {
      throw new CaptureError('NOT_CONNECTED');
    }
    return this.#connection.capture(requestId);
  }

  get bufferedBytes(): number {
    return this.#connection?.bufferedBytes ?? 0;
  }

  /** Tries again at once. */
  retryNow(): void {
    const { phase } = useStore.getState().connection;
    if (!this.#wanted || phase === 'live' || phase === 'connecting') {
      return;
    }
    if (this.#connection) {
      this.#connection.retryNow();
    } else {
      clearTimeout(this.#timer);
      void this.#open(++this.#run);
    }
  }

  async #open(run: number): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted) {
      return;
    }
    try {
      const session = await this.#api.createSession(wanted);
      if (run === this.#run) {
        this.#session = session;
        this.#wornLook = wanted.look;
        this.#connect(session, wanted, run);
      }
    } catch (error) {
      if (run === this.#run) {
        this.#refused(error, run);
      }
    }
  }

  #connect(session: Session, { output }: Wanted, run: number): void {
    const connection = new TryOnConnection({
      ...this.#api.webSocketAddresses(session),
      resumeToken: session.resumeToken,
      // Whole pictures come as the first of these that fits them, patches as WebP, which alone of the two has alpha.
      codecs: ['jpeg', 'webp'],
      output,
      maxInFlight,
    });
    connection.on('state', (state) => {
      if (run === this.#run) {
        this.#moved(state, run);
      }
    });
    this.#attach(connection);
    this.#connection = connection;
    connection.open();
  }

  #moved(state: ConnectionState, run: number): void {
    switch (state.phase) {
      case 'idle':
      case 'connecting':
        break;
      case 'live':
        this.#attempt = 0;
        this.#show({ phase: 'live' });
        if (this.#wanted && this.#wanted.look !== this.#wornLook) {
          this.wear(this.#wanted.look);
        }
        break;
      case 'reconnecting':
        this.#show(
          state.busyMillis === undefined
            ? { phase: 'reconnecting' }
            : { phase: 'busy', retryAt: Date.now() + state.busyMillis },
        );
        break;
      case 'closed':
        this.#connection = undefined;
        if (state.renew) {
          this.#retry({ phase: 'reconnecting' }, 0, run);
        } else {
          this.#show({ phase: 'failed', reason: `close ${state.code}` });
        }
        break;
    }
  }

  #refused(error: unknown, run: number): void {
    if (!(error instanceof ApiError)) {
      this.#show({ phase: 'failed', reason: String(error) });
      throw error;
    }
    const { status, problem } = error;
    if (status === 503 || status === 429) {
      this.#retry({ phase: 'busy', retryAt: 0 }, error.retryAfterMillis ?? 3_000, run);
    } else if (status === 0 || status >= 500) {
      this.#retry({ phase: 'reconnecting' }, error.retryAfterMillis ?? 0, run);
    } else {
      this.#show({ phase: 'failed', reason: problem.suggestion ?? error.message });
    }
  }

  #retry(shown: Connection, leastMillis: number, run: number): void {
    const wait = backoffMillis(this.#attempt++, defaultBackoff, leastMillis, Math.random);
    this.#show(shown.phase === 'busy' ? { ...shown, retryAt: Date.now() + wait } : shown);
    this.#timer = setTimeout(() => {
      // A page that nobody sees makes no sessions; it goes on when it is looked at again.
      if (run === this.#run && document.visibilityState === 'visible') {
        void this.#open(run);
      }
    }, wait);
  }

  #show(connection: Connection): void {
    if (!this.#wanted) {
      return;
    }
    const lost = connection.phase === 'reconnecting' || connection.phase === 'connecting';
    useStore.setState({
      connection: lost && !navigator.onLine ? { phase: 'offline' } : connection,
    });
  }
}
