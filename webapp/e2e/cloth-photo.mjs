import { png } from '../test/png.mjs';

/**
 * A photo of a checked cloth on a plain table, drawn aslant.
 *
 * @typedef {readonly [x: number, y: number]} Place
 */

const size = { width: 880, height: 660 };

/** The cloth's corners in pixels of the photo, clockwise from the top left. */
export const clothCorners = /** @type {readonly [Place, Place, Place, Place]} */ ([
  [190, 96],
  [700, 128],
  [668, 560],
  [216, 540],
]);

/** Checks that the cloth has each way. */
const checks = 12;

export function clothPhoto() {
  const within = mapping(clothCorners);
  const buffer = png(size.width, size.height, (x, y) => {
    const [u, v] = within(x, y);
    const grain = ((x * 7919 + y * 104_729) % 13) - 6;
    if (u < 0 || u >= 1 || v < 0 || v >= 1) {
      return [206 + grain, 203 + grain, 198 + grain, 255];
    }
    const [warp, weft] = [u, v].map((at) => (at * checks) % 1 < 0.5);
    // Yarns over and under: a fine shade on top of the checks.
    const yarn = 16 * Math.sin(u * checks * 60) * Math.sin(v * checks * 60);
    const [red, green, blue] =
      warp && weft ? [128, 20, 30] : warp || weft ? [190, 96, 92] : [226, 214, 194];
    const shade = yarn + grain;
    return [red + shade, green + shade, blue + shade, 255];
  });
  return { name: 'cloth.png', mimeType: 'image/png', buffer };
}

/**
 * Where on the cloth a pixel lies, 0..1 each way: the homography from the unit square to the corners (Heckbert 1989), inverted.
 *
 * @param {typeof clothCorners} corners
 * @returns {(x: number, y: number) => readonly [number, number]}
 */
function mapping([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]) {
  const [dx1, dx2, dx3] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, dy3] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const det = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / det;
  const h = (dx1 * dy3 - dx3 * dy1) / det;
  const [a, b, c] = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0];
  const [d, e, f] = [y1 - y0 + g * y1, y3 - y0 + h * y3, y0];
  return (x, y) => {
    const [p, q, r, s] = [a - g * x, b - h * x, d - g * y, e - h * y];
    const under = p * s - q * r;
    const [tx, ty] = [x - c, y - f];
    return [(tx * s - q * ty) / under, (p * ty - r * tx) / under];
  };
}

export const photoSize = size;
