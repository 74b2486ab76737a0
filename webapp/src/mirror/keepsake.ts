export type KeepsakeFormat = 'jpeg' | 'png';
export type KeepsakeSides = 'as-taken' | 'mirrored';

/** A copy of what the mirror showed at one moment. */
export class Keepsake {
  readonly width: number;
  readonly height: number;
  readonly #picture: OffscreenCanvas;

  constructor(canvas: HTMLCanvasElement) {
    this.width = canvas.width;
    this.height = canvas.height;
    this.#picture = new OffscreenCanvas(canvas.width, canvas.height);
    contextOf(this.#picture).drawImage(canvas, 0, 0);
  }

  async encode(sides: KeepsakeSides, format: KeepsakeFormat): Promise<Blob> {
    const picture = sides === 'mirrored' ? this.#mirrored() : this.#picture;
    return picture.convertToBlob({ type: `image/${format}`, quality: 0.94 });
  }

  #mirrored(): OffscreenCanvas {
    const turned = new OffscreenCanvas(this.width, this.height);
    const context = contextOf(turned);
    context.setTransform(-1, 0, 0, 1, this.width, 0);
    context.drawImage(this.#picture, 0, 0);
    return turned;
  }
}

/** Lets the browser save a file. */
export function download(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) {
    throw new Error('no 2D drawing in this browser');
  }
  return context;
}
