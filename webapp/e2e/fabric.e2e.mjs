import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { after, before, describe, test } from 'node:test';
import { openNewest, poorControls, thumbs, untilShown } from './album-page.mjs';
import { clothCorners, photoSize } from './cloth-photo.mjs';
import {
  cornersOf,
  look,
  namesIn,
  scanAnew,
  scanCloth,
  turnToFabric,
  untilDrawn,
  untilDressed,
} from './fabric-page.mjs';
import { eventually } from './mirror-page.mjs';
import { desktop, phone, photograph, Studio } from './studio.mjs';

const isRealServer = process.env['TRYON_E2E_BASE_URL'] !== undefined;
/** What dragging and rounding may cost, in pixels of the drawn photo. */
const nearPixels = 6;

describe('the fabric mode', () => {
  /** @type {Studio} */
  let studio;

  before(async () => {
    studio = await Studio.open('refused', 'in-depth');
    // What Chromium says of drawing in software; and a server that is busy makes a material a little later.
    studio.expected = [/GPU stall|GL Driver Message/, /503.*\/materials\//];
  });

  after(() => studio.close());

  test('turns a photo of cloth into a material, and dragged corners into another', async () => {
    const page = await studio.visit(desktop);
    await turnToFabric(page);
    await scanCloth(page);
    if (isRealServer) {
      const found = await cornersOf(page);
      clothCorners.forEach(([x, y], at) => {
        const [left = 0, top = 0] = found[at] ?? [];
        const error = Math.hypot(left * photoSize.width - x, top * photoSize.height - y);
        assert.ok(error < nearPixels, `corner ${at} is ${error} pixels off`);
      });
    }
    const [[fromX = 0, fromY = 0] = []] = await cornersOf(page);
    const handle = page.locator('[data-corner=topLeft]');
    await scanAnew(page, async () => {
      const box = await handle.boundingBox();
      assert.ok(box);
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 12, y + 9, { steps: 4 });
      await page.mouse.move(x + 24, y + 18, { steps: 4 });
      await photograph(page, 'fabric-drag-desktop-light');
      await page.mouse.up();
    });
    const [[toX = 0, toY = 0] = []] = await cornersOf(page);
    const wide = (await page.locator('img[alt="Your photo"]').boundingBox())?.width ?? 1;
    assert.ok(Math.abs((toX - fromX) * wide - 24) < 2, `moved by ${(toX - fromX) * wide}`);
    assert.ok(toY > fromY);
    // The scan that was superseded is not kept.
    await untilShown(thumbs(page), 1);
    await page.reload();
    await untilShown(thumbs(page), 1);
    await page.context().close();
  });

  test('lets a finger drag a corner on a phone', async () => {
    const page = await studio.enter(await studio.newPage(phone, 'light', { hasTouch: true }));
    await turnToFabric(page);
    await scanCloth(page);
    await look(page, 'Photo');
    const [before] = await cornersOf(page);
    const box = await page.locator('[data-corner=topLeft]').boundingBox();
    assert.ok(box && box.width >= 44 && box.height >= 44);
    const finger = await page.context().newCDPSession(page);
    const touch = async (/** @type {'touchStart' | 'touchMove' | 'touchEnd'} */ type, by = 0) => {
      const touchPoints =
        type === 'touchEnd'
          ? []
          : [{ x: box.x + box.width / 2 + by, y: box.y + box.height / 2 + by / 2 }];
      await finger.send('Input.dispatchTouchEvent', { type, touchPoints });
    };
    await scanAnew(page, async () => {
      await touch('touchStart');
      await touch('touchMove', 8);
      await touch('touchMove', 20);
      await photograph(page, 'fabric-drag-phone-light');
      await touch('touchEnd');
    });
    const [moved] = await cornersOf(page);
    assert.ok((moved?.[0] ?? 0) > (before?.[0] ?? 1), 'the corner has moved');
    await page.context().close();
  });

  test('shows relief and roughness at once, and draws nothing while nothing changes', async () => {
    const page = await studio.visit(desktop);
    await turnToFabric(page);
    await untilDressed(page);
    await page.locator('[data-item=velvet]').first().click();
    await page.locator('[data-testid=material][data-worn*=velvet]').waitFor();
    const canvas = page.getByTestId('material').locator('canvas');
    let drawn = await untilDrawn(canvas);
    for (const name of ['Relief', 'Roughness']) {
      await page.getByRole('slider', { name }).press('Home');
      drawn = await untilDrawn(canvas, drawn);
    }
    for (const shape of /** @type {const} */ (['Sphere', 'Tiles', 'Cloth'])) {
      await look(page, shape);
      drawn = await untilDrawn(canvas, drawn);
    }
    await page.context().close();
  });

  test('is worked with the keyboard alone', async () => {
    const page = await studio.visit(desktop);
    await turnToFabric(page);
    await scanCloth(page);
    const handle = page.locator('[data-corner=bottomRight]');
    const [, , before] = await cornersOf(page);
    await scanAnew(page, async () => {
      await handle.focus();
      await page.keyboard.press('Shift+ArrowLeft');
      await page.keyboard.press('ArrowLeft');
    });
    const [, , moved] = await cornersOf(page);
    assert.ok((before?.[0] ?? 0) - (moved?.[0] ?? 1) > 0.015, 'the corner has moved');
    const canvas = page.getByTestId('material').locator('canvas');
    await canvas.focus();
    let drawn = await untilDrawn(canvas);
    for (const key of ['ArrowLeft', 'ArrowDown', '+']) {
      await page.keyboard.press(key);
      drawn = await untilDrawn(canvas, drawn);
    }
    await page.getByRole('radio', { name: 'Cloth', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('[data-testid=material][data-shape=sphere]').waitFor();
    await page.context().close();
  });

  test('gives scans and catalogue items away as ZIPs', async () => {
    const page = await studio.visit(desktop);
    await turnToFabric(page);
    await untilDressed(page);
    const take = async () => {
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export ZIP' }).click();
      const download = await saved;
      assert.match(download.suggestedFilename(), /\.zip$/);
      return namesIn(readFileSync(await download.path()));
    };
    assert.ok((await take()).some((name) => name.startsWith('basecolor')));
    await scanCloth(page);
    await page.getByRole('slider', { name: 'Relief' }).press('ArrowRight');
    const asked = page.waitForRequest(/\/archive\?relief=1\.05&roughness=1$/);
    const names = await take();
    await asked;
    assert.ok(names.some((name) => name.startsWith('normal')));
    await page.context().close();
  });

  test('opens a kept scan again, with its photo and corners', async () => {
    const page = await studio.visit(desktop);
    await turnToFabric(page);
    await scanCloth(page);
    const corners = await cornersOf(page);
    await page.reload();
    await untilShown(thumbs(page), 1);
    await openNewest(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Show as material' }).click();
    await eventually(
      () => cornersOf(page),
      (shown) => JSON.stringify(shown) === JSON.stringify(corners),
    );
    await untilDressed(page);
    // Scanned anew it gives another; the one that was kept stays.
    await look(page, 'Photo');
    await page.getByRole('button', { name: 'Whole photo' }).click();
    await untilShown(thumbs(page), 2);
    await page.context().close();
  });

  for (const [name, size] of /** @type {const} */ ([
    ['phone', phone],
    ['desktop', desktop],
  ])) {
    for (const theme of /** @type {const} */ (['light', 'dark'])) {
      test(`fits, and has a name and room for a thumb on every control, on a ${name}, ${theme}`, async () => {
        const page = await studio.visit(size, theme);
        await turnToFabric(page);
        await untilDressed(page);
        await photograph(page, `fabric-welcome-${name}-${theme}`);
        await scanCloth(page);
        for (const sight of /** @type {const} */ (['Cloth', 'Sphere', 'Tiles', 'Photo'])) {
          await look(page, sight);
          await untilDrawn(page.getByTestId('material'));
          await photograph(page, `fabric-${sight.toLowerCase()}-${name}-${theme}`);
          assert.deepEqual(await poorControls(page.locator('body')), []);
        }
        const sideways = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(sideways, 0);
        await page.context().close();
      });
    }
  }

  test('complains of nothing in the browser’s console', () => {
    assert.deepEqual(studio.complaints, []);
  });
});
