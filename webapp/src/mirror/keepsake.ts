export type KeepsakeFormat = 'jpeg' | 'png';

/** Copies what the mirror shows into a file, the way round that the person sees it. */
export async function takeKeepsake(
  canvas: HTMLCanvasElement,
  sides: 'as-taken' | 'mirrored',
  format: KeepsakeFormat,
): Promise<Blob> {
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext('2d', { alpha: false });
  if (!context) {
    throw new Error('no 2D drawing in this browser');
  }
  if (sides === 'mirrored') {
    context.setTransform(-1, 0, 0, 1, canvas.width, 0);
  }
  context.drawImage(canvas, 0, 0);
  return copy.convertToBlob({ type: `image/${format}`, quality: 0.94 });
}

/** Lets the browser save a file. */
export function download(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
