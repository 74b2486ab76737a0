import { LookArt } from '../looks/LookArt';

/** Fingers of a hand held up, as strokes with round ends, in a box of 240 by 300. */
const fingers = [
  { from: [63, 172], to: [41, 98], width: 33 },
  { from: [94, 150], to: [84, 48], width: 37 },
  { from: [128, 146], to: [130, 28], width: 38 },
  { from: [160, 152], to: [173, 50], width: 37 },
  { from: [162, 236], to: [219, 158], width: 38 },
] as const;

const palm =
  'M47 172Q60 148 94 150L160 148Q182 160 180 198Q182 236 164 258Q152 276 152 304H84Q84 276 68 250Q48 216 47 172Z';

/** Nails against the look's own box of 40 by 56. */
const nailScale = 0.6;

/** The folds over a finger's middle joint, around the joint. */
const crease = 'M-8 -2Q0 -5 8 -2M-9 3Q0 0 9 3';

/** Where along a finger, from the knuckle, its middle joint lies. */
const jointShare = 0.52;

interface HandArtProps {
  /** A hand that wears a look, or only its outline. */
  readonly drawing:
    | { readonly kind: 'outline' }
    | {
        readonly kind: 'worn';
        readonly colors: readonly string[];
        readonly pattern: string | undefined;
        readonly finish: string | undefined;
      };
}

/** A hand held up, back of the hand towards us. */
export function HandArt({ drawing }: HandArtProps) {
  return (
    <svg viewBox="0 0 240 300" aria-hidden>
      {drawing.kind === 'outline' ? (
        <>
          <mask id="hand-outline">
            <Hand color="#fff" wider={5} />
            <Hand color="#000" wider={0} />
          </mask>
          <rect width="240" height="300" fill="currentColor" mask="url(#hand-outline)" />
        </>
      ) : (
        <>
          <Hand color="var(--skin-line)" wider={3} />
          <Hand color="var(--skin)" wider={0} />
          <g stroke="var(--skin-line)" strokeWidth="1.5" strokeLinecap="round" fill="none">
            {fingers.map(({ from, to }) => (
              <path key={to[0]} d={crease} transform={placeCrease(from, to)} />
            ))}
          </g>
          {fingers.map(({ from, to }) => (
            <g key={to[0]} transform={placeNail(from, to)}>
              <LookArt
                shape="nail"
                colors={drawing.colors}
                pattern={drawing.pattern}
                finish={drawing.finish}
              />
            </g>
          ))}
        </>
      )}
    </svg>
  );
}

function Hand({ color, wider }: { readonly color: string; readonly wider: number }) {
  return (
    <g stroke={color} fill={color} strokeLinecap="round" strokeLinejoin="round">
      <path d={palm} strokeWidth={wider} />
      {fingers.map(({ from, to, width }) => (
        <path
          key={to[0]}
          d={`M${from[0]} ${from[1]}L${to[0]} ${to[1]}`}
          strokeWidth={width + wider}
        />
      ))}
    </g>
  );
}

type Point = readonly [x: number, y: number];

function placeNail(from: Point, to: Point): string {
  return `translate(${to[0]} ${to[1]}) rotate(${lean(from, to)}) scale(${nailScale}) translate(-20 -28)`;
}

function placeCrease(from: Point, to: Point): string {
  const along = (axis: 0 | 1) => from[axis] + (to[axis] - from[axis]) * jointShare;
  return `translate(${along(0)} ${along(1)}) rotate(${lean(from, to)})`;
}

/** A finger's lean from upright, in degrees clockwise. */
function lean(from: Point, to: Point): number {
  return (Math.atan2(to[0] - from[0], from[1] - to[1]) * 180) / Math.PI;
}
