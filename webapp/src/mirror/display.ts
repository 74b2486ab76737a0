import type { Surface } from './surfaces';

/** A picture to be drawn over a frame, placed in the frame's pixels. */
export interface PlacedPicture {
  readonly bitmap: ImageBitmap;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is on show: a frame and what the server made of it. */
export interface Shown {
  readonly surface: Surface;
  readonly pictures: readonly PlacedPicture[];
}

export type Side = 'before' | 'after';

const crossFadeMillis = 120;

/** The visible canvas, and a veil over it in which the look before fades out. */
export class Display {
  readonly canvas: HTMLCanvasElement;
  readonly #veil: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #shown: Shown | undefined;
  #side: Side = 'after';

  constructor(canvas: HTMLCanvasElement, veil: HTMLCanvasElement) {
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) {
      throw new Error('no 2D drawing in this browser');
    }
    this.canvas = canvas;
    this.#veil = veil;
    this.#context = context;
  }

  /** Shows a plain picture, such as the camera's before the server answers. */
  preview(source: CanvasImageSource, width: number, height: number): void {
    this.#fit(width, height);
    this.#context.drawImage(source, 0, 0, width, height);
  }

  /** Shows an answer. @returns what was on show and is now free */
  show(next: Shown): Shown | undefined {
    const previous = this.#shown;
    this.#shown = next;
    this.#draw();
    return previous;
  }

  /** Turns to the frame as it was, or as the server made it. */
  turn(side: Side): void {
    if (side !== this.#side) {
      this.#side = side;
      this.#draw();
    }
  }

  /** Lets what is on show fade out over the next picture. */
  crossFade(): void {
    const { width, height } = this.canvas;
    const veil = this.#veil.getContext('2d');
    if (!veil || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      return;
    }
    this.#veil.width = width;
    this.#veil.height = height;
    veil.drawImage(this.canvas, 0, 0);
    this.#veil.animate([{ opacity: 1 }, { opacity: 0 }], {
      duration: crossFadeMillis,
      easing: 'ease-out',
    });
  }

  /** Forgets what is on show; the pixels stay until the next picture. @returns what is now free */
  clear(): Shown | undefined {
    const previous = this.#shown;
    this.#shown = undefined;
    return previous;
  }

  #draw(): void {
    if (!this.#shown) {
      return;
    }
    const { surface, pictures } = this.#shown;
    this.preview(surface.canvas, surface.canvas.width, surface.canvas.height);
    if (this.#side === 'after') {
      for (const { bitmap, x, y, width, height } of pictures) {
        this.#context.drawImage(bitmap, x, y, width, height);
      }
    }
  }

  #fit(width: number, height: number): void {
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      // The style sheet fits wide and tall pictures into the mirror in different ways.
      for (const canvas of [this.canvas, this.#veil]) {
        canvas.dataset.shape = width > height ? 'wide' : 'tall';
      }
    }
  }
}
