import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clothPhoto } from './cloth-photo.mjs';
import { choosePhoto, turnToFabric, untilScan } from './fabric-page.mjs';
import { untilPhase, useCamera } from './mirror-page.mjs';
import { desktop, phone, photograph, Studio } from './studio.mjs';

/**
 * Refuses scans in the server's place.
 *
 * @param {import('playwright-core').Page} page
 * @param {{ status: number, code: string, suggestion?: string }} problem
 */
async function refuseScans(page, problem) {
  await page.route('**/api/v1/jobs', (route) =>
    route.fulfill({
      status: problem.status,
      contentType: 'application/problem+json',
      body: JSON.stringify(problem),
    }),
  );
}

describe('the fabric mode when something is in the way', () => {
  test('shows flat tiles where the browser draws nothing in three dimensions', async (t) => {
    const studio = await Studio.open('refused', 'flat');
    t.after(() => studio.close());
    const page = await studio.visit(phone);
    await turnToFabric(page);
    await page.getByRole('img', { name: /three by three tiles, flat/ }).waitFor();
    await page.getByText('draws nothing in 3D').waitFor();
    await photograph(page, 'fabric-flat-phone-light');
    await choosePhoto(page, clothPhoto());
    await untilScan(page, 'done');
    await page.getByRole('img', { name: /Your cloth, three by three tiles, flat/ }).waitFor();
  });

  test('says in one line why a photo will not do, and lets the corners be set by hand', async (t) => {
    const studio = await Studio.open('refused', 'flat');
    t.after(() => studio.close());
    const page = await studio.visit(phone);
    await turnToFabric(page);
    const suggestion = 'Lay the cloth on a plain ground.';
    await refuseScans(page, { status: 422, code: 'FABRIC_NOT_DETECTED', suggestion });
    await choosePhoto(page, clothPhoto());
    await page.getByRole('alert').filter({ hasText: suggestion }).waitFor();
    assert.equal(await page.locator('[data-corner]').count(), 4);
    await photograph(page, 'fabric-refused-phone-light');
    await page.unroute('**/api/v1/jobs');
    await page.locator('[data-corner=topLeft]').focus();
    await page.keyboard.press('ArrowRight');
    await untilScan(page, 'done');
  });

  test('tells what to do when there is no room for more', async (t) => {
    const studio = await Studio.open('refused', 'flat');
    t.after(() => studio.close());
    const page = await studio.visit(desktop, 'dark');
    await turnToFabric(page);
    await refuseScans(page, { status: 507, code: 'STORAGE_QUOTA_EXCEEDED' });
    await choosePhoto(page, clothPhoto());
    await page.getByRole('alert').filter({ hasText: 'no room for more of yours' }).waitFor();
    await photograph(page, 'fabric-full-desktop-dark');
  });

  test('says so when the server is away, and goes on when asked to again', async (t) => {
    const studio = await Studio.open('refused', 'flat');
    t.after(() => studio.close());
    const page = await studio.visit(desktop);
    await turnToFabric(page);
    studio.line.lower();
    await choosePhoto(page, clothPhoto());
    await untilScan(page, 'failed');
    await photograph(page, 'fabric-offline-desktop-light');
    studio.line.raise();
    await page.getByTestId('scan').getByRole('button', { name: 'Try again' }).click();
    await untilScan(page, 'done');
  });

  test('says so when the file is no picture', async (t) => {
    const studio = await Studio.open('refused', 'flat');
    t.after(() => studio.close());
    const page = await studio.visit(phone);
    await turnToFabric(page);
    await choosePhoto(page, { ...clothPhoto(), buffer: Buffer.from('no picture') });
    await page.getByText('not a picture').waitFor();
    assert.ok(await page.getByTestId('fabric-welcome').isVisible());
  });

  test('turns the mirror’s camera off, takes a photo with it, and gives it back to the mirror', async (t) => {
    const studio = await Studio.open('allowed', 'flat');
    t.after(() => studio.close());
    const page = await studio.visit(desktop, 'light', () => {
      const devices = navigator.mediaDevices;
      const ask = devices.getUserMedia.bind(devices);
      const streams = /** @type {MediaStream[]} */ ([]);
      Object.assign(window, { streams });
      devices.getUserMedia = async (wanted) => {
        const stream = await ask(wanted);
        streams.push(stream);
        return stream;
      };
    });
    const lit = () =>
      page.evaluate(
        () =>
          /** @type {MediaStream[]} */ (Reflect.get(window, 'streams')).filter(
            ({ active }) => active,
          ).length,
      );
    await useCamera(page);
    assert.equal(await lit(), 1);
    await turnToFabric(page);
    assert.equal(await lit(), 0);
    await page.getByTestId('fabric-welcome').getByRole('button', { name: 'Take a photo' }).click();
    const take = page.getByRole('dialog').getByRole('button', { name: 'Take the photo' });
    await page.getByRole('dialog').locator('video').waitFor();
    await photograph(page, 'fabric-finder-desktop-light');
    await take.click();
    await page.locator('img[alt="Your photo"]').waitFor();
    assert.equal(await lit(), 0);
    await page.locator('label', { hasText: /^Nails$/ }).click();
    await untilPhase(page, 'live');
    assert.equal(await lit(), 1);
  });
});
