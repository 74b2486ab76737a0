import { expect, test } from 'vitest';
import { FrameMeter } from './frame-meter';
import { Pacer } from './pacer';
import { fitEitherWay, presets } from './presets';

const idle = { inFlight: 0, bufferedBytes: 0 };

function admitted(pacer: Pacer, cameraFps: number, seconds: number): number {
  const times = Array.from({ length: cameraFps * seconds }, (_, n) => (n * 1_000) / cameraFps);
  return times.filter((now) => pacer.admits({ ...idle, now })).length;
}

test.each([
  [30, 15],
  [30, 25],
  [30, 30],
  [60, 25],
  [20, 25],
  [30, 1.1],
  [30, 0.7],
])('a camera of %f a second sends at most %f a second, and close to it', (camera, wanted) => {
  const pacer = new Pacer();
  pacer.pace(wanted, 0);
  const rate = admitted(pacer, camera, 10) / 10;
  expect(rate).toBeLessThanOrEqual(wanted + 0.2);
  expect(rate).toBeGreaterThanOrEqual(Math.min(camera, wanted) - 0.5);
});

test('slow frames keep their distance to within a picture of the camera', () => {
  const pacer = new Pacer();
  pacer.pace(1.1, 0);
  const times = Array.from({ length: 300 }, (_, n) => (n * 1_000) / 30);
  const sent = times.filter((now) => pacer.admits({ ...idle, now }));
  const gaps = sent.slice(2).map((now, n) => now - (sent[n + 1] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(1_000 / 1.1 - 34);
});

test('a lower rate begins at a moment of each client’s own', () => {
  const firstAfterTheAdvice = (random: number) => {
    const pacer = new Pacer(() => random);
    pacer.admits({ ...idle, now: 0 });
    pacer.pace(1, 10);
    const times = Array.from({ length: 200 }, (_, n) => 10 + n * 10);
    return times.find((now) => pacer.admits({ ...idle, now })) ?? Infinity;
  };
  expect(firstAfterTheAdvice(0.1)).toBeLessThan(200);
  expect(firstAfterTheAdvice(0.9)).toBeGreaterThan(800);
});

test('a rate that changes a little keeps its rhythm', () => {
  const pacer = new Pacer(() => 0);
  pacer.pace(1, 0);
  pacer.admits({ ...idle, now: 0 });
  pacer.pace(1.1, 100);
  expect(pacer.admits({ ...idle, now: 500 })).toBe(false);
});

test('a higher rate begins at once, at a moment of each client’s own', () => {
  const firstAfterTheAdvice = (random: number) => {
    const pacer = new Pacer(() => random);
    pacer.pace(0.5, 0);
    pacer.admits({ ...idle, now: 0 });
    pacer.pace(10, 300);
    const times = Array.from({ length: 100 }, (_, n) => 300 + n * 5);
    return times.find((now) => pacer.admits({ ...idle, now })) ?? Infinity;
  };
  expect(firstAfterTheAdvice(0.9)).toBeLessThanOrEqual(400);
  expect(firstAfterTheAdvice(0.9) - firstAfterTheAdvice(0.4)).toBeGreaterThan(20);
});

test('rests as long as the server asked', () => {
  const pacer = new Pacer();
  pacer.rest(1_000);
  expect(pacer.admits({ ...idle, now: 900 })).toBe(false);
  expect(pacer.admits({ ...idle, now: 1_000 })).toBe(true);
});

test('nothing is sent without credit', () => {
  const pacer = new Pacer();
  pacer.limit(2);
  expect(pacer.admits({ now: 0, inFlight: 2, bufferedBytes: 0 })).toBe(false);
  expect(pacer.admits({ now: 0, inFlight: 1, bufferedBytes: 0 })).toBe(true);
});

test('nothing is sent behind a socket that still holds a whole frame', () => {
  const pacer = new Pacer();
  pacer.sent(30_000);
  expect(pacer.admits({ now: 0, inFlight: 0, bufferedBytes: 30_001 })).toBe(false);
  expect(pacer.admits({ now: 0, inFlight: 0, bufferedBytes: 30_000 })).toBe(true);
});

test('after a pause frames go on at the rate asked for, without a burst', () => {
  const pacer = new Pacer();
  pacer.pace(10, 0);
  expect(pacer.admits({ ...idle, now: 0 })).toBe(true);
  const after = [5_000, 5_001, 5_002].map((now) => pacer.admits({ ...idle, now }));
  expect(after).toEqual([true, false, false]);
});

test('pictures are shrunk into the preset either way up, and never enlarged', () => {
  expect(fitEitherWay({ width: 1280, height: 960 }, presets.balanced)).toEqual({
    width: 640,
    height: 480,
  });
  expect(fitEitherWay({ width: 720, height: 1280 }, presets.balanced)).toEqual({
    width: 360,
    height: 640,
  });
  expect(fitEitherWay({ width: 320, height: 240 }, presets.high)).toEqual({
    width: 320,
    height: 240,
  });
});

test('the frame rate is counted over the last two seconds', () => {
  const meter = new FrameMeter();
  for (let now = 0; now <= 4_000; now += 40) {
    meter.tick(now);
  }
  expect(meter.rate(4_000)).toBeCloseTo(25, 0);
  expect(meter.rate(10_000)).toBe(0);
});

test('a slow frame rate is told as it is, and not as nothing', () => {
  const meter = new FrameMeter();
  for (let now = 0; now <= 9_000; now += 900) {
    meter.tick(now);
  }
  expect(meter.rate(9_000)).toBeCloseTo(1.1, 1);
  expect(meter.rate(9_800)).toBeCloseTo(1.1, 1);
  expect(meter.rate(11_500)).toBeLessThan(0.8);
});
