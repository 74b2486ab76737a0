import type { Size } from './presets';

/** A canvas off the screen that holds one sent frame until its answer is drawn over it. */
export interface Surface {
  readonly canvas: OffscreenCanvas;
  readonly context: OffscreenCanvasRenderingContext2D;
}

/** Reuses surfaces, so that a steady stream of frames allocates none. */
export class SurfacePool {
  readonly #idle: Surface[] = [];

  take({ width, height }: Size): Surface {
    const surface = this.#idle.pop() ?? create();
    if (surface.canvas.width !== width || surface.canvas.height !== height) {
      surface.canvas.width = width;
      surface.canvas.height = height;
    }
    return surface;
  }

  release(surface: Surface): void {
    if (this.#idle.length < 4) {
      this.#idle.push(surface);
    }
  }
}

function create(): Surface {
  const canvas = new OffscreenCanvas(2, 2);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) {
    throw new Error('no 2D drawing in this browser');
  }
  return { canvas, context };
}
