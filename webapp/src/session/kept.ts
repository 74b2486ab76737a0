import type { Result, ResultFile } from '../client';
import { clothOf } from './material';

interface Picture {
  readonly id: string;
  /** The catalogue item that was worn, if it was one. */
  readonly item: string | undefined;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
}

/** A file on the server. */
export type KeptFile = Pick<ResultFile, 'url' | 'mediaType'>;

/** A picture on the server, until it expires. */
export interface KeptThere extends Picture {
  readonly place: 'server';
  readonly whole: KeptFile | undefined;
  readonly thumbnail: KeptFile | undefined;
  /** Where all of its files are. */
  readonly urls: readonly string[];
  /** The kind of cloth, if it is a scan of one. */
  readonly cloth: string | undefined;
  /** Milliseconds since 1970. */
  readonly expiresAt: number | undefined;
}

/** A picture that only this visit has, because the server could not keep it. */
export interface KeptHere extends Picture {
  readonly place: 'visit';
  /** Addresses of the picture in memory. */
  readonly jpeg: string;
  readonly png: string;
}

/** A picture on its way to the server. */
export interface KeptSoon extends Picture {
  readonly place: 'underway';
  readonly preview: string;
}

/** A kept picture. */
export type Kept = KeptThere | KeptHere | KeptSoon;

/** What the server tells of a result, as the page shows it. */
export function keptThere(result: Result): KeptThere {
  const { id, kind, look, files, metadata, createdAt, expiresAt } = result;
  return {
    place: 'server',
    id,
    item: look.item,
    cloth: kind === 'scan' ? clothOf(metadata) : undefined,
    keptAt: Date.parse(createdAt),
    expiresAt: Date.parse(expiresAt),
    urls: files.map(({ url }) => url),
    ...shownFiles(files),
  };
}

/** Which of a result's files is shown large, and which small. */
export function shownFiles(files: readonly ResultFile[]): Pick<KeptThere, 'whole' | 'thumbnail'> {
  const shown = (name: string) => files.find((file) => file.name === name);
  const whole =
    shown('video') ??
    shown('image') ??
    shown('basecolor') ??
    files.find(({ name, mediaType }) => name !== 'thumbnail' && mediaType.startsWith('image/'));
  const image = whole?.mediaType.startsWith('image/') === true ? whole : undefined;
  return { whole, thumbnail: shown('thumbnail') ?? image };
}

/** What a saved file is called. */
export function fileName(kept: Kept, mediaType: string): string {
  const when = new Date(kept.keptAt).toISOString().slice(0, 19).replace(/[T:]/g, '-');
  const ending = mediaType.split('/')[1]?.replace('jpeg', 'jpg') ?? 'bin';
  return `${kept.item ?? 'look'}-${when}.${ending}`;
}
