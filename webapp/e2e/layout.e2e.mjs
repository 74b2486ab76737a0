import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { untilWorn, useCamera, usePhoto, vividLook, wear } from './mirror-page.mjs';
import { aPhoto, desktop, phone, photograph, Studio } from './studio.mjs';

const sizes = /** @type {const} */ ([
  ['phone', phone],
  ['desktop', desktop],
]);
const themes = /** @type {const} */ (['light', 'dark']);

describe('the page', () => {
  /** @type {Studio} */
  let studio;

  before(async () => {
    studio = await Studio.open('allowed');
  });

  after(() => studio.close());

  for (const [name, size] of sizes) {
    for (const theme of themes) {
      test(`stands still and fits on a ${name}, ${theme}`, async () => {
        const page = await studio.visit(size, theme);
        await useCamera(page);
        const { item, color } = await vividLook(page, 'blue');
        await wear(page, item);
        await untilWorn(page, color);
        await page.waitForTimeout(1_200);
        await photograph(page, `camera-${name}-${theme}`);
        await usePhoto(page, aPhoto());
        await untilWorn(page, color);
        await photograph(page, `photo-${name}-${theme}`);
        const { shift, sideways } = await page.evaluate(() => ({
          shift: performance
            .getEntriesByType('layout-shift')
            .reduce((sum, entry) => sum + Number(Reflect.get(entry, 'value')), 0),
          sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        }));
        assert.ok(shift < 0.01, `the layout shifts by ${shift}`);
        assert.equal(sideways, 0);
        await page.context().close();
      });
    }
  }

  for (const [name, size] of sizes) {
    test(`has a name and room for a thumb on every control on a ${name}`, async () => {
      const page = await studio.visit(size);
      await usePhoto(page, aPhoto());
      const poor = await page.locator('button, label:has(input), a').evaluateAll((controls) =>
        controls
          .filter((control) => control.checkVisibility())
          .map((control) => {
            const { width, height } = control.getBoundingClientRect();
            const words = control.getAttribute('aria-label') ?? control.textContent ?? '';
            const input = control.querySelector('input');
            const named = words.trim() !== '' || Boolean(input?.getAttribute('aria-label'));
            return { words, named, width, height, className: control.className };
          })
          .filter(({ named, width, height }) => !named || width < 44 || height < 44),
      );
      assert.deepEqual(poor, []);
      await page.context().close();
    });
  }

  test('can be used with the keyboard alone', async () => {
    const page = await studio.visit(desktop);
    await usePhoto(page, aPhoto());
    const looks = page.locator('input[name=panel-looks]');
    await looks.and(page.locator(':checked')).focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await looks.nth(1).isChecked(), true);
    await page.getByRole('button', { name: 'Settings' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.context().close();
  });
});
