import assert from 'node:assert/strict';
import process from 'node:process';
import { describe, test } from 'node:test';
import { untilPhase, untilWorn, useCamera, usePhoto, vividLook, wear } from './mirror-page.mjs';
import { aPhoto, desktop, phone, photograph, Studio } from './studio.mjs';

describe('the page when something is in the way', () => {
  test('says how to go on when the camera is refused, and takes a photo as well', async (t) => {
    const studio = await Studio.open('refused');
    t.after(() => studio.close());
    const page = await studio.visit(phone);
    await page.getByTestId('welcome').getByRole('button', { name: 'Use the camera' }).click();
    await page.getByRole('heading', { name: 'The camera is blocked' }).waitFor();
    await photograph(page, 'refused-phone-light');
    await usePhoto(page, aPhoto());
    await page.getByTestId('welcome').waitFor({ state: 'detached' });
  });

  test('says so when the file is no picture', async (t) => {
    const studio = await Studio.open('refused');
    t.after(() => studio.close());
    const page = await studio.visit(phone);
    const text = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') };
    await page.locator('input[type=file]').first().setInputFiles(text);
    await page.getByText('not a picture').waitFor();
    assert.ok(await page.getByTestId('welcome').isVisible());
  });

  test('keeps the picture while the connection is away, and says so', async (t) => {
    const studio = await Studio.open('allowed');
    t.after(() => studio.close());
    const page = await studio.visit(desktop, 'dark');
    await useCamera(page);
    const { item, color } = await vividLook(page, 'blue');
    await wear(page, item);
    await untilWorn(page, color);
    studio.line.lower();
    await page.getByTestId('notice').waitFor();
    await photograph(page, 'reconnecting-desktop-dark');
    studio.line.raise();
    await page
      .getByRole('button', { name: 'Try now' })
      .click({ timeout: 2_000 })
      .catch(() => undefined);
    await untilPhase(page, 'live');
    await page.getByTestId('notice').waitFor({ state: 'detached' });
  });

  test('takes whole pictures where the browser cannot lay patches over its own', async (t) => {
    const studio = await Studio.open('allowed');
    t.after(() => studio.close());
    const page = await studio.visit(desktop, 'light', () => {
      const read = window.createImageBitmap.bind(window);
      Object.assign(window, {
        createImageBitmap: (
          /** @type {Blob} */ source,
          /** @type {ImageBitmapOptions} */ options,
        ) =>
          source instanceof Blob && source.type === 'image/webp'
            ? Promise.reject(new DOMException('no WebP', 'InvalidStateError'))
            : read(source, options),
      });
    });
    const asked = page.waitForRequest(
      (request) => request.method() === 'POST' && request.url().endsWith('/sessions'),
    );
    await usePhoto(page, aPhoto());
    assert.match((await asked).postData() ?? '', /"output":"frame"/);
    if (process.env['TRYON_E2E_BASE_URL']) {
      // The mock server paints patches only.
      const { item, color } = await vividLook(page, 'blue');
      await wear(page, item);
      await untilWorn(page, color);
    }
  });

  test('opens again on a second visit', async (t) => {
    const studio = await Studio.open('refused');
    t.after(() => studio.close());
    const page = await studio.visit(phone);
    await page.reload();
    await page.locator('[data-item]').first().waitFor();
  });
});
