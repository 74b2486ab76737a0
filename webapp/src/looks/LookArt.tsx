import { useId } from 'react';
import type { OptionValue } from '../client';
import { shapes, type SwatchShape } from './swatch-shape';

interface LookArtProps {
  readonly shape: SwatchShape;
  /** One to three colours, first the main one. */
  readonly colors: readonly string[];
  readonly pattern?: OptionValue | undefined;
  readonly finish?: OptionValue | undefined;
}

/** A look drawn small, in a box of 40 by 56: its colours, in its pattern, with its finish. */
export function LookArt({ shape, colors, pattern, finish }: LookArtProps) {
  const clip = useId();
  const [base = '#c8324b'] = colors;
  return (
    <g>
      <clipPath id={clip}>
        <path d={shapes[shape]} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        <rect width="40" height="56" fill={base} />
        <Pattern pattern={pattern} colors={colors} />
        <Finish finish={finish} />
      </g>
      <path d={shapes[shape]} fill="none" stroke="currentColor" strokeOpacity="0.2" />
    </g>
  );
}

const specks = [
  [8, 9, 1.3],
  [15, 15, 0.9],
  [23, 7, 1.5],
  [31, 14, 1.1],
  [11, 23, 1.1],
  [20, 25, 1.6],
  [29, 27, 0.9],
  [35, 34, 1.2],
  [7, 35, 1.5],
  [16, 37, 1],
  [25, 38, 1.3],
  [12, 47, 0.9],
  [21, 50, 1.4],
  [30, 46, 1.1],
] as const;

const petals = [0, 72, 144, 216, 288];

function Pattern({ pattern, colors }: Pick<LookArtProps, 'pattern' | 'colors'>) {
  const fade = useId();
  const [base = '#c8324b', second = '#fff6ee', third = second] = colors;
  switch (pattern) {
    case 'french':
      return <path d="M0 -2H40V13Q20 25 0 13Z" fill={second} />;
    case 'ombre':
      return (
        <>
          <linearGradient id={fade} x1="0" y1="1" x2="0" y2="0">
            <stop offset="0.15" stopColor={base} />
            <stop offset="0.9" stopColor={second} />
          </linearGradient>
          <rect width="40" height="56" fill={`url(#${fade})`} />
        </>
      );
    case 'glitter':
      return specks.map(([x, y, r], index) => (
        <circle key={x} cx={x} cy={y} r={r} fill={index % 3 === 2 ? third : second} />
      ));
    case 'marble':
      return (
        <g fill="none" strokeLinecap="round">
          <path d="M-2 16C10 10 14 26 24 20S36 10 44 18" stroke={second} strokeWidth="2.2" />
          <path d="M-2 34C8 40 16 26 26 34S38 44 44 36" stroke={third} strokeWidth="1.4" />
          <path d="M14 58C16 46 24 48 26 33" stroke={second} strokeWidth="1" />
        </g>
      );
    case 'floral':
      return [
        [13, 17],
        [27, 37],
      ].map(([x, y]) => (
        <g key={x} transform={`translate(${x} ${y})`}>
          {petals.map((turn) => (
            <circle key={turn} r="3.6" cy="-4.4" fill={second} transform={`rotate(${turn})`} />
          ))}
          <circle r="2.4" fill={third === second ? base : third} />
        </g>
      ));
    default:
      return null;
  }
}

function Finish({ finish }: Pick<LookArtProps, 'finish'>) {
  const sheen = useId();
  if (finish === 'matte') {
    return null;
  }
  if (finish === 'metallic') {
    return (
      <>
        <linearGradient id={sheen} x1="0" y1="0" x2="1" y2="0.5">
          <stop offset="0.05" stopColor="#fff" stopOpacity="0.1" />
          <stop offset="0.35" stopColor="#fff" stopOpacity="0.62" />
          <stop offset="0.6" stopColor="#000" stopOpacity="0.16" />
          <stop offset="1" stopColor="#fff" stopOpacity="0.3" />
        </linearGradient>
        <rect width="40" height="56" fill={`url(#${sheen})`} />
      </>
    );
  }
  return (
    <path
      d="M11 38V21C11 14 13 10 15 8"
      fill="none"
      stroke="#fff"
      strokeOpacity="0.55"
      strokeWidth="3"
      strokeLinecap="round"
    />
  );
}
