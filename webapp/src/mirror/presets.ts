/** How large, how often and how finely camera pictures are sent. */
export interface Preset {
  readonly name: 'low' | 'balanced' | 'high';
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  /** JPEG quality, 0..1. */
  readonly imageQuality: number;
}

export const presets: Readonly<Record<Preset['name'], Preset>> = {
  low: { name: 'low', width: 480, height: 360, framesPerSecond: 15, imageQuality: 0.7 },
  balanced: { name: 'balanced', width: 640, height: 480, framesPerSecond: 25, imageQuality: 0.8 },
  high: { name: 'high', width: 1280, height: 720, framesPerSecond: 30, imageQuality: 0.85 },
};

/** The most pixels that a live frame may have, either way up. */
export const largestFrame = { width: 1920, height: 1080 };

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Shrinks a size, keeping its shape, until it fits the box either way up; never enlarges. Sides come out even. */
export function fitEitherWay({ width, height }: Size, box: Size): Size {
  const scale = Math.min(
    1,
    Math.max(box.width, box.height) / Math.max(width, height),
    Math.min(box.width, box.height) / Math.min(width, height),
  );
  const even = (side: number) => Math.max(2, 2 * Math.round((side * scale) / 2));
  return { width: even(width), height: even(height) };
}
