import { download, takeKeepsake } from '../mirror/keepsake';
import { useStore, type Kept } from './store';

/** Copies the mirror's canvas, the way round that it is seen, and lets the browser save it. */
export async function keepPicture(canvas: HTMLCanvasElement): Promise<Kept> {
  const { source, camera, catalog, look, keepFormat } = useStore.getState();
  const sides = source === 'camera' && camera.facing === 'user' ? 'mirrored' : 'as-taken';
  const [jpeg, png] = await Promise.all([
    takeKeepsake(canvas, sides, 'jpeg'),
    takeKeepsake(canvas, sides, 'png'),
  ]);
  const item = catalog.find(({ id }) => id === look.item);
  const taken = new Date().toISOString().slice(0, 19).replace(/[T:]/g, '-');
  const kept: Kept = {
    id: `${item?.id ?? 'look'}-${taken}`,
    title: item?.title ?? '',
    width: canvas.width,
    height: canvas.height,
    jpeg: URL.createObjectURL(jpeg),
    png: URL.createObjectURL(png),
  };
  download(keepFormat === 'png' ? kept.png : kept.jpeg, `${kept.id}.${extension[keepFormat]}`);
  return kept;
}

const extension = { jpeg: 'jpg', png: 'png' } as const;
