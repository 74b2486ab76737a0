import type { BinaryMessage } from './codec';
import type { Look, OptionValue, Output, PictureFormat, QualityName, ResultFile } from './types';

/** Text messages to the server. */
export type ClientMessage =
  | {
      readonly type: 'hello';
      readonly resumeToken: string;
      readonly codecs: readonly PictureFormat[];
      readonly output: Output;
      readonly maxInFlight: number;
    }
  | ({ readonly type: 'look' } & Look)
  | { readonly type: 'control'; readonly action: 'pause' | 'resume' }
  | { readonly type: 'control'; readonly action: 'quality'; readonly quality: QualityName }
  | { readonly type: 'capture'; readonly requestId: string; readonly premium?: boolean }
  | { readonly type: 'ping'; readonly timestamp: number };

/** A camera picture on its way to the server. */
export interface OutgoingFrame {
  readonly sequence: number;
  /** Milliseconds since 1970 at which the camera took it. */
  readonly capturedAt: number;
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

export interface Resolution {
  readonly width: number;
  readonly height: number;
}

export interface Ready {
  readonly type: 'ready';
  readonly engine: string;
  readonly options?: Readonly<Record<string, OptionValue>>;
  readonly targetFps?: number;
  readonly maxResolution?: Resolution;
  readonly formats?: readonly PictureFormat[];
  readonly maxInFlight?: number;
  readonly resumeToken?: string;
}

export interface Skipped {
  readonly type: 'skipped';
  readonly sequence: number;
  readonly reason: 'replaced' | 'expired' | 'overloaded' | 'paused';
}

export interface ServerError {
  readonly type: 'error';
  readonly code: string;
  readonly message: string;
  readonly recoverable: boolean;
  readonly suggestion?: string;
  /** Of the frame that it answers. */
  readonly sequence?: number;
  /** Of the capture that it answers. */
  readonly requestId?: string;
  readonly retryAfterMs?: number;
}

export interface QualityAdvice {
  readonly type: 'quality';
  readonly targetFps?: number;
  readonly maxResolution?: Resolution;
  readonly imageQuality?: number;
  readonly reason?: string;
}

export interface Captured {
  readonly type: 'captured';
  readonly requestId: string;
  readonly resultId: string;
  readonly files: readonly ResultFile[];
}

export interface Stats {
  readonly type: 'stats';
}

export interface Pong {
  readonly type: 'pong';
  readonly timestamp: number;
}

export interface Closing {
  readonly type: 'closing';
  readonly code?: number;
  readonly reason?: string;
  readonly retryAfterMs?: number;
}

export type ServerText =
  Ready | Skipped | ServerError | QualityAdvice | Captured | Stats | Pong | Closing;

interface AnswerHeader {
  readonly sequence: number;
  readonly processingMs?: number;
  readonly queueMs?: number;
  readonly confidence?: number;
  readonly width?: number;
  readonly height?: number;
}

/** A whole processed picture. */
export interface FrameAnswer extends AnswerHeader {
  readonly type: 'frame';
  readonly format: PictureFormat;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** One patch of an overlay, placed in the pixels of the frame that was sent. */
export interface PatchPicture {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly format: PictureFormat;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The patches that changed. */
export interface OverlayAnswer extends AnswerHeader {
  readonly type: 'overlay';
  readonly patches: readonly PatchPicture[];
}

export type ServerBinary = FrameAnswer | OverlayAnswer;

const textTypes: ReadonlySet<string> = new Set<ServerText['type']>([
  'ready',
  'skipped',
  'error',
  'quality',
  'captured',
  'stats',
  'pong',
  'closing',
]);

/** Reads a text message; undefined for a type that this client does not know, which newer servers may send. */
export function readText(text: string): ServerText | undefined {
  const message = JSON.parse(text) as { type?: unknown };
  return typeof message.type === 'string' && textTypes.has(message.type)
    ? (message as ServerText)
    : undefined;
}

/** Reads a binary message. @throws RangeError if the parts do not fit the payload */
export function readBinary({ header, payload }: BinaryMessage): ServerBinary | undefined {
  const fields = header as AnswerHeader & {
    type?: string;
    format: PictureFormat;
    parts?: readonly (Omit<PatchPicture, 'bytes'> & { bytes: number })[];
  };
  if (fields.type === 'frame') {
    return { ...fields, type: 'frame', bytes: payload };
  }
  if (fields.type !== 'overlay') {
    return undefined;
  }
  let offset = 0;
  const patches = (fields.parts ?? []).map((part) => {
    const bytes = payload.subarray(offset, offset + part.bytes);
    if (bytes.length !== part.bytes) {
      throw new RangeError('overlay part beyond the payload');
    }
    offset += part.bytes;
    return { ...part, bytes };
  });
  return { ...fields, type: 'overlay', patches };
}
