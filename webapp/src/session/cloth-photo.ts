/** A photo as it is sent to be scanned. */
export interface ClothPhoto {
  readonly file: Blob;
  /** Upright, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** What the server takes. */
const kinds: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);
const longestSide = 4_096;
const mostPixels = 16_000_000;
const mostBytes = 16 << 20;
const quality = 0.95;

/**
 * Reads a photo of cloth. Fine yarns matter, so it stays as it is where the server takes it, and is made smaller as little as
 * may be where not.
 *
 * @throws if it is no picture that the browser can read
 */
export async function readClothPhoto(file: Blob): Promise<ClothPhoto> {
  const whole = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const { width, height } = whole;
  const scale = shrinkage(width, height);
  if (scale === 1 && kinds.has(file.type) && file.size <= mostBytes) {
    whole.close();
    return { file, width, height };
  }
  const smaller = new OffscreenCanvas(Math.floor(width * scale), Math.floor(height * scale));
  const context = smaller.getContext('2d', { alpha: false });
  if (!context) {
    throw new Error('no 2D drawing in this browser');
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(whole, 0, 0, smaller.width, smaller.height);
  whole.close();
  const encoded = await smaller.convertToBlob({ type: 'image/jpeg', quality });
  return { file: encoded, width: smaller.width, height: smaller.height };
}

/** By how much a photo of this size has to shrink to be taken; 1 where it need not. */
export function shrinkage(width: number, height: number): number {
  return Math.min(
    1,
    longestSide / Math.max(width, height),
    Math.sqrt(mostPixels / (width * height)),
  );
}
