import assert from 'node:assert/strict';
import { clothPhoto } from './cloth-photo.mjs';
import { eventually } from './mirror-page.mjs';

/**
 * What a person does and sees in the fabric mode.
 *
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').Locator} Locator
 */

/** Drawing in software is slow. */
export const patienceMillis = 120_000;

/** @param {Page} page */
export async function turnToFabric(page) {
  await page.locator('label', { hasText: /^Fabric$/ }).click();
  await page.getByTestId('material').waitFor();
}

/**
 * Waits until a material is on, another than this one.
 *
 * @param {Page} page
 * @param {string} [before]
 * @returns {Promise<string>} what it is known by
 */
export async function untilDressed(page, before) {
  return eventually(
    async () => (await page.getByTestId('material').getAttribute('data-worn')) ?? '',
    (worn) => worn !== '' && worn !== before,
    patienceMillis,
  );
}

/**
 * Waits for a phase of the scan.
 *
 * @param {Page} page
 * @param {string} phase
 */
export async function untilScan(page, phase) {
  await page
    .locator(`[data-testid=scan][data-phase=${phase}]`)
    .waitFor({ timeout: patienceMillis });
}

/**
 * Brings the drawn photo, and waits until its material is on.
 *
 * @param {Page} page
 */
export async function scanCloth(page) {
  await choosePhoto(page, clothPhoto());
  await untilScan(page, 'done');
  await eventually(
    async () => (await page.getByTestId('material').getAttribute('data-worn')) ?? '/',
    (worn) => !worn.includes('/'),
    patienceMillis,
  );
}

/**
 * @param {Page} page
 * @param {ReturnType<typeof clothPhoto>} photo
 */
export async function choosePhoto(page, photo) {
  await page.locator('input[data-from=files]').first().setInputFiles(photo);
}

/**
 * @param {Page} page
 * @param {'Cloth' | 'Sphere' | 'Tiles' | 'Photo'} name
 */
export async function look(page, name) {
  await page.locator('label', { hasText: new RegExp(`^${name}$`) }).click();
}

/**
 * The corners on the photo, in shares of its width and height.
 *
 * @param {Page} page
 * @returns {Promise<readonly (readonly [number, number])[]>}
 */
export async function cornersOf(page) {
  return page.locator('[data-corner]').evaluateAll((handles) =>
    handles.map((handle) => {
      const { left, top } = /** @type {HTMLElement} */ (handle).style;
      return /** @type {const} */ ([parseFloat(left) / 100, parseFloat(top) / 100]);
    }),
  );
}

/**
 * Waits for the scan that comes of what is done.
 *
 * @param {Page} page
 * @param {() => Promise<void>} act
 */
export async function scanAnew(page, act) {
  const before = await untilDressed(page);
  await act();
  await untilDressed(page, before);
  await untilScan(page, 'done');
}

/**
 * Waits until what is drawn differs from this, and stands still.
 *
 * @param {Locator} canvas
 * @param {Buffer} [before]
 * @returns {Promise<Buffer>}
 */
export async function untilDrawn(canvas, before = Buffer.alloc(0)) {
  let last = await canvas.screenshot();
  return eventually(
    async () => {
      const [earlier, now] = [last, await canvas.screenshot()];
      last = now;
      return { now, still: now.equals(earlier) };
    },
    ({ now, still }) => still && !now.equals(before),
    patienceMillis,
  ).then(({ now }) => now);
}

/**
 * The names in a ZIP's directory.
 *
 * @param {Buffer} bytes
 */
export function namesIn(bytes) {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  assert.ok(end >= 0, 'a ZIP ends with its directory');
  const names = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    assert.equal(bytes.toString('latin1', at, at + 4), 'PK\x01\x02');
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    names.push(bytes.toString('utf8', at + 46, at + 46 + (name ?? 0)));
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return names;
}
