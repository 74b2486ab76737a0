import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  beforeAndAfter,
  eventually,
  pixelsOf,
  shownFrameRate,
  untilPhase,
  untilWorn,
  useCamera,
  usePhoto,
  vividLook,
  wear,
} from './mirror-page.mjs';
import { aPhoto, desktop, phone, Studio } from './studio.mjs';

describe('the mirror', () => {
  /** @type {Studio} */
  let studio;

  before(async () => {
    studio = await Studio.open('allowed');
  });

  after(() => studio.close());

  test('shows polish on the camera’s nails, live', async () => {
    const page = await studio.visit(desktop);
    await useCamera(page);
    const { item, color } = await vividLook(page, 'blue');
    await wear(page, item);
    const counts = await untilWorn(page, color);
    const rate = await eventually(
      () => shownFrameRate(page),
      (shown) => shown > 0,
    );
    console.log(`worn ${item}: ${JSON.stringify(counts)} pixels, ${rate} frames a second`);
    await page.context().close();
  });

  test('changes the look without a new session', async () => {
    const page = await studio.visit(desktop);
    let sessions = 0;
    page.on('request', (request) => {
      sessions += request.method() === 'POST' && request.url().endsWith('/sessions') ? 1 : 0;
    });
    await useCamera(page);
    const blue = await vividLook(page, 'blue');
    const red = await vividLook(page, 'red');
    await wear(page, blue.item);
    await untilWorn(page, blue.color);
    await wear(page, red.item);
    await eventually(
      () => pixelsOf(page, blue.color),
      (count) => count < 150,
    );
    await wear(page, blue.item);
    await untilWorn(page, blue.color);
    assert.ok(sessions <= 1, `${sessions} sessions`);
    await page.context().close();
  });

  test('shows the picture without the look while it is held', async () => {
    const page = await studio.visit(desktop);
    await usePhoto(page, aPhoto());
    const { item, color } = await vividLook(page, 'blue');
    await wear(page, item);
    await untilWorn(page, color);
    const canvas = page.locator('canvas').first();
    const box = await canvas.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const worn = await pixelsOf(page, color);
    await page.mouse.down();
    const held = await pixelsOf(page, color);
    await page.mouse.up();
    assert.ok(held < worn / 2, `${held} held, ${worn} worn`);
    // An answer that was still on its way may refine the look a little.
    const again = await pixelsOf(page, color);
    assert.ok(Math.abs(again - worn) < worn / 10, `${again} again, ${worn} worn`);
    await page.context().close();
  });

  test('puts polish on a photo, and again when the look or an option changes', async () => {
    const page = await studio.visit(phone);
    await usePhoto(page, aPhoto());
    const { item, color } = await vividLook(page, 'blue');
    await wear(page, item);
    await untilWorn(page, color);
    await page.getByRole('button', { name: 'More looks and options' }).click();
    await page.getByText('Options', { exact: true }).click();
    const custom = page.locator('input[type=color]').first();
    await custom.fill('#12b83a');
    await untilWorn(page, '#12b83a');
    const { after: blue } = await beforeAndAfter(page, color);
    assert.ok(blue < 150, `${blue} blue pixels are left`);
    await page.context().close();
  });

  test('comes back by itself after the connection is lost, to the same session', async () => {
    const page = await studio.visit(desktop);
    let sessions = 0;
    page.on('request', (request) => {
      sessions += request.method() === 'POST' && request.url().endsWith('/sessions') ? 1 : 0;
    });
    await useCamera(page);
    const { item, color } = await vividLook(page, 'blue');
    await wear(page, item);
    await untilWorn(page, color);
    const made = sessions;
    studio.line.lower();
    await untilPhase(page, 'reconnecting');
    const frozen = await pixelsOf(page, color);
    assert.ok(frozen > 0, 'the picture stays');
    studio.line.raise();
    await untilPhase(page, 'live');
    await untilWorn(page, color);
    assert.equal(sessions, made);
    await page.context().close();
  });

  test('renders nothing for a frame', async () => {
    const page = await studio.visit(desktop);
    await useCamera(page);
    await eventually(
      () => shownFrameRate(page),
      (shown) => shown > 0,
    );
    const changes = await page.evaluate(
      () =>
        new Promise((resolve) => {
          let count = 0;
          const observer = new MutationObserver((records) => (count += records.length));
          const everything = {
            attributes: true,
            childList: true,
            characterData: true,
            subtree: true,
          };
          observer.observe(document.body, everything);
          setTimeout(() => resolve(count), 3_000);
        }),
    );
    assert.ok(Number(changes) < 12, `${String(changes)} changes of the page in three seconds`);
    await page.context().close();
  });

  test('complains of nothing in the browser’s console', () => {
    assert.deepEqual(studio.complaints, []);
  });
});
