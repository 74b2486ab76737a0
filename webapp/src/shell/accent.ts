/** The accent of the page, taken from the look being worn. */
export interface Accent {
  /** For filled controls. */
  readonly fill: string;
  /** For words on the fill. */
  readonly ink: string;
  /** For lines and marks on the page's own background. */
  readonly mark: string;
}

const papers = { light: '#faf8f5', dark: '#131110' } as const;
const markContrast = 3.2;
const inkDark = '#16130f';
const inkLight = '#ffffff';

type Channels = readonly [number, number, number];

/** Tints the page with a look's colour, moved towards the ink until its marks can be told from the paper. */
export function accentOf(color: string, theme: 'light' | 'dark'): Accent {
  const fill = /^#[0-9a-f]{6}$/i.test(color) ? color : '#c8324b';
  const paper = channels(papers[theme]);
  const towards = channels(theme === 'light' ? inkDark : inkLight);
  let mark = channels(fill);
  for (let step = 1; step <= 20 && contrast(mark, paper) < markContrast; step += 1) {
    mark = mix(channels(fill), towards, step / 20);
  }
  const body = channels(fill);
  const onDark = contrast(body, channels(inkLight));
  const onLight = contrast(body, channels(inkDark));
  return { fill, ink: onDark >= onLight ? inkLight : inkDark, mark: hex(mark) };
}

/** Contrast of two colours, 1..21 (WCAG 2.2). */
export function contrast(one: Channels, other: Channels): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [
    number,
    number,
  ];
  return (lighter + 0.05) / (darker + 0.05);
}

export function channels(color: string): Channels {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}

function hex(color: Channels): string {
  return `#${color.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

function mix(from: Channels, to: Channels, share: number): Channels {
  const part = (index: 0 | 1 | 2) => from[index] + (to[index] - from[index]) * share;
  return [part(0), part(1), part(2)];
}

function luminance(color: Channels): number {
  const linear = (channel: number) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(color[0]) + 0.7152 * linear(color[1]) + 0.0722 * linear(color[2]);
}
