import type { OptionValues } from '../looks/option-fields';

/** A place on a photo, as shares of its width and height. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A swatch's corners on a photo, clockwise from its top left. */
export type Corners = readonly [Spot, Spot, Spot, Spot];

export const cornerNames = ['topLeft', 'topRight', 'bottomRight', 'bottomLeft'] as const;

/** Where corners begin that nobody has found. */
export const firstCorners: Corners = [
  { x: 0.15, y: 0.15 },
  { x: 0.85, y: 0.15 },
  { x: 0.85, y: 0.85 },
  { x: 0.15, y: 0.85 },
];

/** Twice the smallest triangle that any three corners may span, as a share of the photo. */
const leastTurn = 0.002;

/** The options that say where the swatch is: they are handles on the photo, not controls. */
export const placeOptions: ReadonlySet<string> = new Set([
  'swatch',
  ...cornerNames.flatMap((name) => [`${name}X`, `${name}Y`]),
]);

/** Whether these are corners of a swatch: none is bent inwards, and no two sides cross. */
export function isSwatch(corners: Corners): boolean {
  return corners.every((corner, at) => {
    const next = corners[(at + 1) % 4] ?? corner;
    const after = corners[(at + 2) % 4] ?? corner;
    const turn =
      (next.x - corner.x) * (after.y - next.y) - (next.y - corner.y) * (after.x - next.x);
    return turn > leastTurn;
  });
}

/** One corner moved, within the photo. @returns the corners as they were where that would be no swatch */
export function withCorner(corners: Corners, at: number, to: Spot): Corners {
  const within = { x: clamp(to.x), y: clamp(to.y) };
  const next = corners.map((corner, index) =>
    index === at ? within : corner,
  ) as unknown as Corners;
  return isSwatch(next) ? next : corners;
}

/** The options that tell a scan these corners. */
export function optionsOf(corners: Corners): OptionValues {
  const places = cornerNames.flatMap((name, at) => {
    const { x, y } = corners[at] ?? { x: 0, y: 0 };
    return [
      [`${name}X`, rounded(x)],
      [`${name}Y`, rounded(y)],
    ] as const;
  });
  return { swatch: 'corners', ...Object.fromEntries(places) };
}

/** Corners as a scan tells them. @param places x and y of each in pixels of a photo of this size */
export function cornersIn(places: unknown, width: number, height: number): Corners | undefined {
  if (!Array.isArray(places) || places.length !== 8 || !places.every(Number.isFinite)) {
    return undefined;
  }
  const numbers = places as readonly number[];
  const corners = cornerNames.map((_, at) => ({
    x: clamp((numbers[2 * at] ?? 0) / (width - 1)),
    y: clamp((numbers[2 * at + 1] ?? 0) / (height - 1)),
  })) as unknown as Corners;
  return isSwatch(corners) ? corners : undefined;
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function rounded(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}
