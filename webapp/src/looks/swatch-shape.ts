/** The outline that looks are drawn in, in a box of 40 by 56. */
export const shapes = {
  /** A nail, cuticle down. */
  nail: 'M3 39C3 60 37 60 37 39L37 21C37 -5 3 -5 3 21Z',
  /** A drop of colour, for everything that is no nail. */
  round: 'M20 8A20 20 0 0 1 20 48A20 20 0 0 1 20 8Z',
} as const;

export type SwatchShape = keyof typeof shapes;

/** How looks of an engine are drawn. */
export function shapeOf(mode: string): SwatchShape {
  return mode === 'nails' ? 'nail' : 'round';
}
