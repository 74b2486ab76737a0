/** A square grid of points of a cloth, row by row: x, y, z of each, in metres, y up. */
export interface Drape {
  /** Points along each side. */
  readonly points: number;
  readonly places: Float32Array;
}

/** What the cloth falls over: a ball around the origin, half sunk in the ground. Metres. */
export const ballRadius = 0.1;
export const groundLevel = -0.055;

const gravity = 9.81;
const stepSeconds = 1 / 60;
const steps = 240;
const rounds = 10;
/** What is left of a point's speed after a step: air, and yarns that rub. */
const kept = 0.975;
/** How much of its way a point on the ball goes in each round. */
const slide = 0.25;
/** How much of a bend is taken back in each round. */
const stiffness = 0.06;
/** The cloth lies turned on the ball, so that its corners hang where folds are seen. */
const turned = 0.32;

/** Pairs of points with the length that the cloth has between them, and how firmly it is kept. */
interface Ties {
  readonly from: Uint16Array;
  readonly to: Uint16Array;
  readonly lengths: Float32Array;
  readonly firmness: Float32Array;
}

/**
 * Lets a square cloth fall over a ball on the ground and come to rest: position-based dynamics (Müller and others 2007) with ties along the
 * yarns, across them, and over every other point, which resist bending.
 *
 * @param side of the cloth, in metres
 * @param points along each side, 256 at most
 */
export function drape(side: number, points: number): Drape {
  const places = laidFlat(side, points);
  const before = places.slice();
  const ties = tiesOf(side / (points - 1), points);
  for (let step = 0; step < steps; step += 1) {
    fall(places, before);
    for (let round = 0; round < rounds; round += 1) {
      pull(places, ties);
      rest(places, before);
    }
  }
  return { points, places };
}

/** The same cloth with more points, on a smooth surface through them (Catmull and Rom). */
export function refined({ points, places }: Drape, times: number): Drape {
  const across = turnedOver(finerRows(places, points, times), (points - 1) * times + 1);
  const both = finerRows(across, points, times);
  const finer = (points - 1) * times + 1;
  return { points: finer, places: turnedOver(both, finer) };
}

function laidFlat(side: number, points: number): Float32Array {
  const places = new Float32Array(3 * points * points);
  const [cos, sin] = [Math.cos(turned), Math.sin(turned)];
  for (let at = 0; at < points * points; at += 1) {
    const x = ((at % points) / (points - 1) - 0.5) * side;
    const z = (Math.floor(at / points) / (points - 1) - 0.5) * side;
    // A breath of unevenness: a cloth laid down perfectly would fold alike on all sides.
    const uneven = 0.0015 * Math.sin(31 * x + 17 * z) + 0.001 * Math.sin(53 * z - 23 * x);
    places.set([x * cos - z * sin, ballRadius + 0.004 + uneven, x * sin + z * cos], 3 * at);
  }
  return places;
}

function tiesOf(spacing: number, points: number): Ties {
  const ways = [
    [1, 0, 1],
    [0, 1, 1],
    [1, 1, 0.35],
    [1, -1, 0.35],
    [2, 0, stiffness],
    [0, 2, stiffness],
  ] as const;
  const ties = ways.flatMap(([across, down, firm]) => {
    const found: [number, number, number, number][] = [];
    for (let row = 0; row < points; row += 1) {
      for (let column = 0; column < points; column += 1) {
        const [x, y] = [column + across, row + down];
        if (x < points && y >= 0 && y < points) {
          const length = spacing * Math.hypot(across, down);
          found.push([row * points + column, y * points + x, length, firm]);
        }
      }
    }
    return found;
  });
  return {
    from: Uint16Array.from(ties, ([from]) => from),
    to: Uint16Array.from(ties, ([, to]) => to),
    lengths: Float32Array.from(ties, ([, , length]) => length),
    firmness: Float32Array.from(ties, ([, , , firm]) => firm),
  };
}

/** Verlet's step. */
function fall(places: Float32Array, before: Float32Array): void {
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] ?? 0;
    const drop = at % 3 === 1 ? gravity * stepSeconds ** 2 : 0;
    places[at] = place + kept * (place - (before[at] ?? 0)) - drop;
    before[at] = place;
  }
}

function pull(places: Float32Array, { from, to, lengths, firmness }: Ties): void {
  for (let tie = 0; tie < lengths.length; tie += 1) {
    const [one, other] = [3 * (from[tie] ?? 0), 3 * (to[tie] ?? 0)];
    const x = (places[other] ?? 0) - (places[one] ?? 0);
    const y = (places[other + 1] ?? 0) - (places[one + 1] ?? 0);
    const z = (places[other + 2] ?? 0) - (places[one + 2] ?? 0);
    const length = Math.sqrt(x * x + y * y + z * z) || 1e-9;
    const share = (0.5 * (firmness[tie] ?? 0) * (length - (lengths[tie] ?? 0))) / length;
    places[one] = (places[one] ?? 0) + share * x;
    places[one + 1] = (places[one + 1] ?? 0) + share * y;
    places[one + 2] = (places[one + 2] ?? 0) + share * z;
    places[other] = (places[other] ?? 0) - share * x;
    places[other + 1] = (places[other + 1] ?? 0) - share * y;
    places[other + 2] = (places[other + 2] ?? 0) - share * z;
  }
}

/** Points within the ball or the ground are put onto it, where they hardly slide. */
function rest(places: Float32Array, before: Float32Array): void {
  for (let at = 0; at < places.length; at += 3) {
    if (length(places, at) < ballRadius) {
      for (let axis = at; axis < at + 3; axis += 1) {
        const was = before[axis] ?? 0;
        places[axis] = was + slide * ((places[axis] ?? 0) - was);
      }
      const out = ballRadius / Math.max(length(places, at), 1e-9);
      for (let axis = at; axis < at + 3; axis += 1) {
        places[axis] = out * (places[axis] ?? 0);
      }
    }
    if ((places[at + 1] ?? 0) < groundLevel) {
      for (const axis of [at, at + 2]) {
        const was = before[axis] ?? 0;
        places[axis] = was + slide * ((places[axis] ?? 0) - was);
      }
      places[at + 1] = groundLevel;
    }
  }
}

function length(places: Float32Array, at: number): number {
  const [x, y, z] = [places[at] ?? 0, places[at + 1] ?? 0, places[at + 2] ?? 0];
  return Math.sqrt(x * x + y * y + z * z);
}

/** Puts points between those of each row. */
function finerRows(places: Float32Array, columns: number, times: number): Float32Array {
  const finer = (columns - 1) * times + 1;
  const rows = places.length / (3 * columns);
  const result = new Float32Array(3 * finer * rows);
  for (let at = 0; at < finer * rows; at += 1) {
    const [row, column] = [Math.floor(at / finer), at % finer];
    const first = Math.min(columns - 2, Math.floor(column / times));
    const t = column / times - first;
    for (let axis = 0; axis < 3; axis += 1) {
      const place = (index: number) => places[3 * (row * columns + index) + axis] ?? 0;
      const [b, c] = [place(first), place(first + 1)];
      // Beyond an edge the cloth goes on as it came.
      const a = first > 0 ? place(first - 1) : 2 * b - c;
      const d = first < columns - 2 ? place(first + 2) : 2 * c - b;
      const bend = 2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a);
      result[3 * at + axis] = b + 0.5 * t * (c - a + t * bend);
    }
  }
  return result;
}

/** Turns rows into columns. */
function turnedOver(places: Float32Array, columns: number): Float32Array {
  const rows = places.length / (3 * columns);
  const result = new Float32Array(places.length);
  for (let at = 0; at < columns * rows; at += 1) {
    const [row, column] = [Math.floor(at / columns), at % columns];
    result.set(places.subarray(3 * at, 3 * at + 3), 3 * (column * rows + row));
  }
  return result;
}
