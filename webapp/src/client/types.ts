/** The API's own values, as they travel. */

export type OptionValue = string | number | boolean;

/** A look as it is asked for: a catalogue item, an uploaded reference, or options alone. */
export interface Look {
  readonly item?: string;
  readonly reference?: string;
  readonly options?: Readonly<Record<string, OptionValue>>;
}

export type Output = 'frame' | 'overlay';
export type PictureFormat = 'jpeg' | 'webp' | 'png';
export type QualityName = 'low' | 'balanced' | 'high';

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string | null;
}

export interface Guest {
  readonly token: string;
  readonly subject: string;
  readonly expiresAt: string;
}

/** One property of an engine's option schema (JSON Schema). */
export interface OptionSchema {
  readonly type?: string;
  readonly title?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: OptionValue;
}

export interface Engine {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly state: string;
  readonly capabilities: readonly string[];
  readonly options?: {
    readonly type?: string;
    readonly properties?: Readonly<Record<string, OptionSchema>>;
  };
}

export interface CatalogItem {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly tags: readonly string[];
  readonly swatch: readonly string[];
  readonly options: Readonly<Record<string, OptionValue>>;
}

export interface SessionRequest {
  readonly engine: string;
  readonly look: Look;
  readonly quality: QualityName;
  readonly output: Output;
}

export interface Session {
  readonly id: string;
  readonly status: string;
  readonly expiresAt: string;
  readonly webSocket: { readonly path: string; readonly ticket: string };
  readonly resumeToken: string;
}

export interface Upload {
  readonly id: string;
  readonly purpose: string;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly url: string;
}

/** One file of a result. */
export interface ResultFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Below the server's origin; only its owner's token opens it. */
  readonly url: string;
}

/** What was captured or made, and is kept until it expires or is removed. */
export interface Result {
  readonly id: string;
  readonly kind: string;
  readonly engine: string;
  readonly look: Look;
  readonly confidence?: number;
  readonly sessionId?: string;
  readonly jobId?: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly files: readonly ResultFile[];
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface ResultQuery {
  readonly engine?: string;
  readonly cursor?: string;
  readonly limit?: number;
}

/** How many things of each kind an erasure has removed. */
export type Erased = Readonly<Record<string, number>>;

/** An answer of `application/problem+json` (RFC 9457). */
export interface Problem {
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly code?: string;
  readonly recoverable?: boolean;
  readonly suggestion?: string;
  readonly retryAfterMs?: number;
}
