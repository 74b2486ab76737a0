import { backoffMillis, defaultBackoff, type BackoffSettings } from './backoff';
import { Captures } from './captures';
import { afterClose } from './close-codes';
import { decodeBinary, encodeBinary } from './codec';
import { Emitter } from './emitter';
import {
  readBinary,
  readText,
  type Captured,
  type ClientMessage,
  type OutgoingFrame,
  type QualityAdvice,
  type Ready,
  type ServerBinary,
  type ServerError,
  type Skipped,
} from './messages';
import type { Look, Output, PictureFormat, QualityName } from './types';

/** Where a connection stands. */
export type ConnectionState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live' }
  | { readonly phase: 'reconnecting'; readonly attempt: number; readonly busyMillis?: number }
  | { readonly phase: 'closed'; readonly code: number; readonly renew: boolean };

export interface ConnectionEvents {
  state: ConnectionState;
  ready: Ready;
  answer: ServerBinary;
  skipped: Skipped;
  error: ServerError;
  quality: QualityAdvice;
  /** Milliseconds that a ping took there and back. */
  roundTrip: number;
}

export interface ConnectionSettings {
  /** The first connection's address, with its single-use ticket. */
  readonly ticketAddress: string;
  /** The address of later ones, which the resume token in their hello opens. */
  readonly resumeAddress: string;
  readonly resumeToken: string;
  readonly codecs: readonly PictureFormat[];
  readonly output: Output;
  readonly maxInFlight: number;
  /** How long the server keeps a session without a connection. */
  readonly graceMillis?: number;
  readonly backoff?: BackoffSettings;
  readonly random?: () => number;
  /** How long a capture may take. */
  readonly captureMillis?: number;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
}

const pingEveryMillis = 5_000;
const silentAfterMillis = 15_000;
const captureMillis = 10_000;

/** One session's socket: speaks `tryon.v1`, comes back by itself after a loss, and says what happened as typed events. */
export class TryOnConnection {
  readonly #settings: ConnectionSettings;
  readonly #events = new Emitter<ConnectionEvents>();
  readonly #now: () => number;
  readonly #captures: Captures;
  #state: ConnectionState = { phase: 'idle' };
  #socket: WebSocket | undefined;
  #resumeToken: string;
  #ticketUsed = false;
  #attempt = 0;
  #lostAt: number | undefined;
  #heardAt = 0;
  #retryAfterMillis = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #pingTimer: ReturnType<typeof setInterval> | undefined;

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
    this.#resumeToken = settings.resumeToken;
    this.#now = settings.now ?? (() => performance.now());
    this.#captures = new Captures(settings.captureMillis ?? captureMillis);
  }

  readonly on = this.#events.on.bind(this.#events);

  get state(): ConnectionState {
    return this.#state;
  }

  /** Bytes that the socket has taken and not yet sent. */
  get bufferedBytes(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  open(): void {
    if (this.#state.phase === 'idle') {
      this.#enter({ phase: 'connecting' });
      this.#connect();
    }
  }

  /** Tries again at once, for instance when the network is back. */
  retryNow(): void {
    if (this.#state.phase === 'reconnecting' && this.#retryTimer !== undefined) {
      clearTimeout(this.#retryTimer);
      this.#connect();
    }
  }

  /** Sends a frame. @returns whether it went out */
  sendFrame({ bytes, ...header }: OutgoingFrame): boolean {
    if (this.#state.phase !== 'live') {
      return false;
    }
    this.#socket?.send(encodeBinary({ type: 'frame', ...header }, bytes));
    return true;
  }

  wear(look: Look): boolean {
    return this.#sendLive({ type: 'look', ...look });
  }

  pause(): boolean {
    return this.#sendLive({ type: 'control', action: 'pause' });
  }

  resume(): boolean {
    return this.#sendLive({ type: 'control', action: 'resume' });
  }

  quality(quality: QualityName): boolean {
    return this.#sendLive({ type: 'control', action: 'quality', quality });
  }

  /** Keeps the newest processed frame on the server. @throws CaptureError if that was not acknowledged */
  async capture(requestId: string): Promise<Captured> {
    return this.#captures.ask(requestId, () => this.#sendLive({ type: 'capture', requestId }));
  }

  close(): void {
    this.#stop();
    this.#enter({ phase: 'closed', code: 1000, renew: false });
  }

  #connect(): void {
    this.#retryTimer = undefined;
    const { ticketAddress, resumeAddress } = this.#settings;
    const socket = new WebSocket(this.#ticketUsed ? resumeAddress : ticketAddress, 'tryon.v1');
    this.#ticketUsed = true;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#greet(socket);
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (this.#socket === socket) {
        this.#heardAt = this.#now();
        this.#receive(data);
      }
    };
    socket.onclose = ({ code }) => {
      if (this.#socket === socket) {
        this.#lost(code);
      }
    };
    this.#socket = socket;
  }

  #greet(socket: WebSocket): void {
    const { codecs, output, maxInFlight } = this.#settings;
    const hello: ClientMessage = {
      type: 'hello',
      codecs,
      output,
      maxInFlight,
      resumeToken: this.#resumeToken,
    };
    socket.send(JSON.stringify(hello));
    this.#heardAt = this.#now();
    clearInterval(this.#pingTimer);
    this.#pingTimer = setInterval(() => this.#beat(socket), pingEveryMillis);
  }

  #beat(socket: WebSocket): void {
    if (this.#now() - this.#heardAt > silentAfterMillis) {
      // A dead peer never finishes the closing handshake: do not wait for it.
      socket.close();
      this.#lost(1006);
      return;
    }
    this.#sendLive({ type: 'ping', timestamp: Math.round(this.#now()) });
  }

  #receive(data: string | ArrayBuffer): void {
    try {
      if (typeof data === 'string') {
        this.#dispatch(readText(data));
      } else {
        const answer = readBinary(decodeBinary(data));
        if (answer) {
          this.#events.emit('answer', answer);
        }
      }
    } catch (broken) {
      if (!(broken instanceof RangeError || broken instanceof SyntaxError)) {
        throw broken;
      }
      this.#socket?.close(4400);
    }
  }

  #dispatch(message: ReturnType<typeof readText>): void {
    switch (message?.type) {
      case 'ready':
        this.#resumeToken = message.resumeToken ?? this.#resumeToken;
        this.#attempt = 0;
        this.#lostAt = undefined;
        this.#retryAfterMillis = 0;
        this.#enter({ phase: 'live' });
        this.#events.emit('ready', message);
        break;
      case 'skipped':
        this.#events.emit('skipped', message);
        break;
      case 'error':
        if (!this.#captures.refused(message)) {
          this.#retryAfterMillis = message.retryAfterMs ?? 0;
          this.#events.emit('error', message);
        }
        break;
      case 'quality':
        this.#events.emit('quality', message);
        break;
      case 'captured':
        this.#captures.captured(message);
        break;
      case 'pong':
        this.#events.emit('roundTrip', this.#now() - message.timestamp);
        break;
      case 'closing':
        this.#retryAfterMillis = message.retryAfterMs ?? this.#retryAfterMillis;
        break;
      case 'stats':
      case undefined:
        break;
    }
  }

  #lost(code: number): void {
    clearInterval(this.#pingTimer);
    this.#socket = undefined;
    this.#lostAt ??= this.#now();
    const after = afterClose(code);
    const { graceMillis = 20_000, backoff = defaultBackoff, random = Math.random } = this.#settings;
    if (after === 'stop') {
      this.#enter({ phase: 'closed', code, renew: false });
      return;
    }
    const asked = after === 'wait' ? Math.max(this.#retryAfterMillis, 1_000) : 0;
    const wait = backoffMillis(this.#attempt, backoff, asked, random);
    const tooLate = this.#now() - this.#lostAt + wait > graceMillis;
    if (after === 'renew' || (tooLate && after !== 'wait')) {
      this.#enter({ phase: 'closed', code, renew: true });
      return;
    }
    this.#enter({
      phase: 'reconnecting',
      attempt: this.#attempt,
      ...(after === 'wait' ? { busyMillis: wait } : {}),
    });
    this.#attempt += 1;
    this.#retryTimer = setTimeout(() => this.#connect(), wait);
  }

  #sendLive(message: ClientMessage): boolean {
    if (this.#state.phase !== 'live') {
      return false;
    }
    this.#socket?.send(JSON.stringify(message));
    return true;
  }

  #stop(): void {
    clearTimeout(this.#retryTimer);
    clearInterval(this.#pingTimer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
  }

  #enter(state: ConnectionState): void {
    this.#state = state;
    if (state.phase !== 'live') {
      this.#captures.lost();
    }
    this.#events.emit('state', state);
  }
}
