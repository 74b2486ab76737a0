import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * What a person does and sees on the page.
 *
 * @typedef {import('playwright-core').Page} Page
 */

/** @param {Page} page */
export async function useCamera(page) {
  const way = page.getByTestId('welcome').getByRole('button', { name: 'Use the camera' });
  // A browser that already allows the camera begins by itself.
  if (await way.isVisible()) {
    await way.click().catch(() => undefined);
  }
  await untilPhase(page, 'live');
}

/**
 * @param {Page} page
 * @param {ReturnType<typeof import('./studio.mjs').aPhoto>} photo
 */
export async function usePhoto(page, photo) {
  await page.locator('input[type=file]').first().setInputFiles(photo);
  await untilPhase(page, 'live');
}

/**
 * @param {Page} page
 * @param {string} phase
 */
export async function untilPhase(page, phase) {
  await page.locator(`[data-testid=connection][data-phase=${phase}]`).waitFor();
}

/**
 * The catalogue's look whose colour is farthest from skin and grey, of the hue asked for.
 *
 * @param {Page} page
 * @param {'blue' | 'red'} hue
 * @returns {Promise<{ item: string, color: string }>}
 */
export async function vividLook(page, hue) {
  const wanted = { blue: [28, 63, 174], red: [200, 16, 32] }[hue];
  const looks = await page.locator('[data-item]').evaluateAll((labels) =>
    labels.map((label) => ({
      item: label.getAttribute('data-item') ?? '',
      color: label.querySelector('rect')?.getAttribute('fill') ?? '#000000',
      plain: label.querySelectorAll('svg g > g > *').length <= 2,
    })),
  );
  const distance = (/** @type {string} */ color) =>
    Math.hypot(
      ...wanted.map((channel, i) => channel - parseInt(color.slice(1 + 2 * i, 3 + 2 * i), 16)),
    );
  const [best] = looks
    .filter(({ plain }) => plain)
    .sort((a, b) => distance(a.color) - distance(b.color));
  assert.ok(best, 'the catalogue has a plain look');
  return best;
}

/**
 * @param {Page} page
 * @param {string} item
 */
export async function wear(page, item) {
  await page.locator(`[data-item="${item}"]`).first().click();
}

/**
 * How many pixels of the mirror have about the hue of a colour, and are as vivid.
 *
 * @param {Page} page
 * @param {string} color
 * @returns {Promise<number>}
 */
export async function pixelsOf(page, color) {
  return page.evaluate((hex) => {
    const canvas = document.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (!canvas || !context) {
      return 0;
    }
    const hueOf = (/** @type {number} */ r, /** @type {number} */ g, /** @type {number} */ b) =>
      (Math.atan2(Math.sqrt(3) * (g - b), 2 * r - g - b) * 180) / Math.PI;
    const value = Number.parseInt(hex.slice(1), 16);
    const wanted = hueOf(value >> 16, (value >> 8) & 255, value & 255);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      const [r = 0, g = 0, b = 0] = [data[i], data[i + 1], data[i + 2]];
      const top = Math.max(r, g, b);
      const vivid = top > 40 && (top - Math.min(r, g, b)) / top > 0.5;
      const apart = Math.abs(((hueOf(r, g, b) - wanted + 540) % 360) - 180);
      count += vivid && apart < 14 ? 1 : 0;
    }
    return count;
  }, color);
}

/**
 * Counts pixels of a colour with the look, and without it while the picture is held.
 *
 * @param {Page} page
 * @param {string} color
 */
export async function beforeAndAfter(page, color) {
  const after = await pixelsOf(page, color);
  await page.keyboard.down('b');
  await wait(80);
  const before = await pixelsOf(page, color);
  await page.keyboard.up('b');
  return { before, after };
}

/**
 * Waits for the look to be seen on the mirror: clearly more of its colour than without it.
 *
 * @param {Page} page
 * @param {string} color
 */
export async function untilWorn(page, color) {
  const counts = await eventually(
    () => beforeAndAfter(page, color),
    ({ before, after }) => after > 150 && after > 2 * before,
  );
  return counts;
}

/**
 * Asks again until the answer will do; fails with the last answer after a while.
 *
 * @template Answer
 * @param {() => Promise<Answer>} ask
 * @param {(answer: Answer) => boolean} willDo
 * @param {number} [patienceMillis]
 * @returns {Promise<Answer>}
 */
export async function eventually(ask, willDo, patienceMillis = 20_000) {
  const end = Date.now() + patienceMillis;
  let answer = await ask();
  while (!willDo(answer)) {
    assert.ok(Date.now() < end, `still ${JSON.stringify(answer)} after ${patienceMillis} ms`);
    await wait(150);
    answer = await ask();
  }
  return answer;
}

/**
 * The frame rate that the page shows.
 *
 * @param {Page} page
 * @returns {Promise<number>}
 */
export async function shownFrameRate(page) {
  return Number.parseInt((await page.getByTestId('frame-rate').textContent()) ?? '', 10);
}
