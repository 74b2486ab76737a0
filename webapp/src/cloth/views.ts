import { groundLevel } from './drape';

/** What a material is shown on. */
export type Shape = 'cloth' | 'sphere' | 'tiles';

/** How one looks at a shape. Lengths are metres, angles radians. */
export interface View {
  /** What is to be seen whole: a box around the target, half its width and height. */
  readonly reach: readonly [number, number];
  /** How high its middle is. */
  readonly middle: number;
  /** From where one looks at first: around, and up from the horizon. */
  readonly from: readonly [around: number, up: number];
  readonly around: readonly [least: number, most: number];
  readonly up: readonly [least: number, most: number];
  /** How high the ground is that catches the shadow, if there is one. */
  readonly ground: number | undefined;
}

const degrees = Math.PI / 180;

export const views: Readonly<Record<Shape, View>> = {
  cloth: {
    reach: [0.3, 0.2],
    middle: -0.03,
    from: [-14 * degrees, 36 * degrees],
    around: [-Infinity, Infinity],
    up: [4 * degrees, 85 * degrees],
    ground: groundLevel - 0.002,
  },
  sphere: {
    reach: [0.068, 0.068],
    middle: 0,
    from: [0, 8 * degrees],
    // Farther round the cloth would be seen to be stretched.
    around: [-60 * degrees, 60 * degrees],
    up: [-45 * degrees, 45 * degrees],
    ground: undefined,
  },
  tiles: {
    reach: [0.56, 0.56],
    middle: 0,
    from: [0, 0],
    around: [-50 * degrees, 50 * degrees],
    up: [-50 * degrees, 50 * degrees],
    ground: undefined,
  },
};
