/** What the mock server offers: a handful of designs, enough for every kind of option and drawing. */

const options = {
  type: 'object',
  additionalProperties: false,
  properties: {
    pattern: {
      title: 'Design',
      type: 'string',
      enum: ['solid', 'french', 'ombre', 'glitter', 'marble', 'floral'],
      default: 'solid',
    },
    color: { title: 'Colour', type: 'string', format: 'color', default: '#b8122f' },
    accent: { title: 'Second colour', type: 'string', format: 'color', default: '#fffaf2' },
    finish: {
      title: 'Finish',
      type: 'string',
      enum: ['glossy', 'matte', 'metallic'],
      default: 'glossy',
    },
    coverage: { title: 'Coverage', type: 'number', minimum: 0.2, maximum: 1, default: 0.95 },
  },
};

export const engine = {
  id: 'nails',
  title: 'Nails',
  version: '0',
  state: 'ready',
  capabilities: ['live'],
  options,
};

const designs = /** @type {const} */ ([
  ['Reds', 'Cherry Red', 'solid', 'glossy', '#b5101f'],
  ['Reds', 'Burgundy', 'solid', 'glossy', '#5c0f1f'],
  ['Reds', 'Coral', 'solid', 'glossy', '#ee5b4a'],
  ['Pinks', 'Peony', 'solid', 'glossy', '#d9577f'],
  ['Pinks', 'Ballet Slipper', 'solid', 'glossy', '#f0c4c6'],
  ['Colours', 'Cobalt', 'solid', 'glossy', '#1c3fae'],
  ['Colours', 'Mint', 'solid', 'glossy', '#9ed8c0'],
  ['Darks', 'Black Tie', 'solid', 'matte', '#0d0c0f'],
  ['French', 'Classic French', 'french', 'glossy', '#eeb9b3', '#fbf7f1'],
  ['Ombré', 'Sunset', 'ombre', 'glossy', '#f6a13b', '#d0265f'],
  ['Glitter', 'Champagne', 'glitter', 'glossy', '#e2c7a4', '#fff3d6'],
  ['Marble', 'Carrara', 'marble', 'glossy', '#f3f1ee', '#8d8a88'],
  ['Floral', 'Daisy', 'floral', 'glossy', '#a9c6de', '#ffffff'],
  ['Metallic', 'Gold Leaf', 'solid', 'metallic', '#c9a227'],
]);

export const catalog = designs.map(([category, title, pattern, finish, color, accent]) => ({
  id: title.toLowerCase().replaceAll(' ', '-'),
  title,
  category,
  tags: [pattern],
  swatch: accent ? [color, accent] : [color],
  options: { pattern, finish, color, ...(accent ? { accent } : {}) },
}));
