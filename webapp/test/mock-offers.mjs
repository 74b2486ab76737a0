import { catalog, engine } from './mock-catalog.mjs';
import { fabricEngine, materialItems } from './mock-materials.mjs';

/** What the mock server has to offer, by the calls that ask for it. */
export const offers = new Map(
  Object.entries({
    '': { items: [engine, fabricEngine], nextCursor: null },
    '/nails': engine,
    '/nails/catalog': { items: catalog, nextCursor: null },
    '/fabric': fabricEngine,
    '/fabric/catalog': { items: materialItems, nextCursor: null },
  }).map(([path, answer]) => [`GET /api/v1/engines${path}`, answer]),
);
