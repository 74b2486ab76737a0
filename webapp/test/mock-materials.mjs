import { png } from './png.mjs';

/** Three cloths, drawn as simply as can be: enough for every map that the page shows. */

const side = 128;

/**
 * @typedef {readonly [number, number, number]} Rgb
 * @typedef {{ id: string, title: string, category: string, colors: readonly Rgb[], millimetres: number, holes?: boolean }} Cloth
 */

/** @type {readonly Cloth[]} */
export const cloths = [
  {
    id: 'denim',
    title: 'Indigo denim',
    category: 'Denim',
    colors: [
      [92, 98, 114],
      [185, 180, 168],
    ],
    millimetres: 30,
  },
  {
    id: 'velvet',
    title: 'Plum velvet',
    category: 'Velvet',
    colors: [
      [82, 19, 57],
      [94, 26, 66],
    ],
    millimetres: 40,
  },
  {
    id: 'lace',
    title: 'Flowered lace',
    category: 'Lace',
    colors: [
      [216, 209, 198],
      [230, 224, 214],
    ],
    millimetres: 64,
    holes: true,
  },
];

const scanned = /** @type {const} */ ({
  colors: [
    [176, 42, 50],
    [226, 218, 200],
  ],
});

/**
 * A map of a cloth as PNG.
 *
 * @param {string} name
 * @param {{ colors: readonly Rgb[], holes?: boolean }} cloth
 */
export function map(name, { colors, holes = false }) {
  const [one = [0, 0, 0], other = one] = colors;
  return png(side, side, (x, y) => {
    const over = ((x >> 4) + (y >> 4)) % 2 === 0;
    // Each yarn is round: what lies to its side leans there.
    const lean = (over ? y % 16 : x % 16) - 7.5;
    switch (name) {
      case 'basecolor':
      case 'thumbnail':
        return [...(over ? one : other), 255];
      case 'normal':
        return [over ? 128 : 128 + 7 * lean, over ? 128 - 7 * lean : 128, 235, 255];
      case 'opacity':
        return holes && Math.hypot((x % 32) - 16, (y % 32) - 16) < 9
          ? [0, 0, 0, 255]
          : [255, 255, 255, 255];
      default:
        return [200, 200, 200, 255];
    }
  });
}

const files = ['basecolor', 'normal', 'roughness', 'ao', 'height', 'metalness'];

/** What a scan of any photo gives. */
export function scannedMaps() {
  return new Map([...files, 'thumbnail'].map((name) => [name, map(name, scanned)]));
}

export const materialItems = cloths.map(({ id, title, category, colors, millimetres, holes }) => ({
  id,
  title,
  category,
  tags: [category.toLowerCase()],
  swatch: colors.map((color) => `#${Buffer.from(color).toString('hex')}`),
  options: {},
  material: {
    version: '1',
    class: category.toLowerCase(),
    sizes: [512, 1024, 2048],
    widthMillimetres: millimetres,
    heightMillimetres: millimetres,
    relief: 0.02,
    roughness: 0.8,
    metalness: 0,
    ...(id === 'velvet' ? { sheenColor: '#7a2a55', sheenRoughness: 0.4 } : {}),
    maps: Object.fromEntries(
      [...files, ...(holes ? ['opacity'] : [])].map((name) => [name, `${name}.png`]),
    ),
    address: `/api/v1/engines/fabric/catalog/${id}/materials/1`,
  },
}));

const share = { type: 'number', minimum: 0, maximum: 1, default: 0 };
const millimetres = { type: 'number', minimum: 0, maximum: 5000, default: 0 };

export const fabricEngine = {
  id: 'fabric',
  title: 'Fabric',
  version: '0',
  state: 'ready',
  capabilities: ['scan', 'material'],
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      swatch: {
        title: 'Where',
        type: 'string',
        enum: ['find', 'corners', 'whole'],
        default: 'find',
      },
      topLeftX: share,
      topLeftY: share,
      topRightX: share,
      topRightY: share,
      bottomRightX: share,
      bottomRightY: share,
      bottomLeftX: share,
      bottomLeftY: share,
      class: { title: 'Kind', type: 'string', enum: ['guess', 'woven', 'knit'], default: 'guess' },
      size: { title: 'Size', type: 'string', enum: ['512', '1024', '2048'], default: '1024' },
      widthMillimetres: { ...millimetres, title: 'Width' },
    },
  },
};
