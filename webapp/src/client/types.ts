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

/** A catalogue item that is a material: maps that tile, and what is known of them. */
export interface ItemMaterial {
  readonly version: string;
  readonly class: string;
  /** Sides of the maps, in texels. */
  readonly sizes: readonly number[];
  /** What one tile shows of the cloth; absent where nobody knows. */
  readonly widthMillimetres?: number;
  readonly heightMillimetres?: number;
  /** How far the height reaches, as a share of the tile's width. */
  readonly relief: number;
  /** Means of the maps. */
  readonly roughness: number;
  readonly metalness: number;
  readonly sheenColor?: string;
  readonly sheenRoughness?: number;
  /** File names of the maps, below `{address}/{size}/`. */
  readonly maps: Readonly<Record<string, string>>;
  /** Below the server's origin. */
  readonly address: string;
}

export interface CatalogItem {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly tags: readonly string[];
  readonly swatch: readonly string[];
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly material?: ItemMaterial;
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

/** Work that outlives the request: what it is done on, by the name of each input. */
export interface JobOrder {
  readonly kind: 'scan';
  readonly engine: string;
  /** Ids of uploads. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly look: Look;
}

export interface Job extends Omit<JobOrder, 'kind'> {
  readonly id: string;
  readonly kind: string;
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled';
  /** 0..1 */
  readonly progress: number;
  /** Once it has succeeded. */
  readonly resultId?: string;
  /** Once it has failed. */
  readonly problem?: Problem;
}

/** Factors on a material's slopes and on its roughness. */
export interface MaterialTuning {
  /** 0..3 */
  readonly relief: number;
  /** 0..2 */
  readonly roughness: number;
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
