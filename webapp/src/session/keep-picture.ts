import { newId, type Captured } from '../client';
import { download, Keepsake } from '../mirror/keepsake';
import type { Album } from './album';
import { fileName, type KeptHere, type KeptSoon } from './kept';
import { revokeLater } from './revoke-later';
import { useStore } from './store';
import { troubleOf, type Trouble } from './trouble';

/** Where a picture was kept. */
export type Keeping =
  { readonly place: 'server' } | { readonly place: 'visit'; readonly because: Trouble };

/** What keeps the newest processed frame on the server. */
export interface Capturing {
  capture(requestId: string): Promise<Captured>;
}

/** Pictures that are on their way at a time. */
const mostUnderway = 3;

/**
 * Keeps what the mirror shows: on the server, and where that cannot, in this visit and as a file that the browser saves.
 *
 * @returns undefined if as many as can be are on their way already
 */
export async function keepPicture(
  canvas: HTMLCanvasElement,
  sessions: Capturing,
  album: Album,
): Promise<Keeping | undefined> {
  const { results, look, copies } = useStore.getState();
  if (results.filter(({ place }) => place === 'underway').length >= mostUnderway) {
    return undefined;
  }
  const keepsake = new Keepsake(canvas);
  const sides = sidesShown();
  const [id, keptAt, item] = [newId(), Date.now(), look.item];
  const captured = sessions.capture(id).catch(troubleOf);
  // The server has the frame as it was taken, so that is what is shown meanwhile.
  const preview = URL.createObjectURL(await keepsake.encode('as-taken', 'jpeg'));
  const soon: KeptSoon = { place: 'underway', id, item, keptAt, preview };
  album.begin(soon);
  const answer = await captured;
  if ('resultId' in answer) {
    album.keptThere(soon, answer);
    if (copies !== 'none') {
      const copy = URL.createObjectURL(await keepsake.encode(sides, copies));
      download(copy, fileName(soon, `image/${copies}`));
      revokeLater(copy);
    }
    return { place: 'server' };
  }
  const [jpeg, png] = await Promise.all([
    keepsake.encode(sides, 'jpeg'),
    keepsake.encode(sides, 'png'),
  ]);
  const here: KeptHere = {
    place: 'visit',
    id,
    item,
    keptAt,
    jpeg: URL.createObjectURL(jpeg),
    png: URL.createObjectURL(png),
  };
  album.keptHere(soon, here, answer);
  const format = copies === 'png' ? 'png' : 'jpeg';
  download(here[format], fileName(here, `image/${format}`));
  return { place: 'visit', because: answer };
}

/** The way round that the person sees the mirror. */
function sidesShown(): 'as-taken' | 'mirrored' {
  const { source, camera } = useStore.getState();
  return source === 'camera' && camera.facing === 'user' ? 'mirrored' : 'as-taken';
}
