import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import {
  keep,
  openNewest,
  poorControls,
  refuseCaptures,
  remove,
  resultAnswers,
  thumbs,
  untilShown,
  wearOnPhoto,
} from './album-page.mjs';
import { eventually } from './mirror-page.mjs';
import { desktop, phone, photograph, Studio } from './studio.mjs';

const sizes = /** @type {const} */ ([
  ['phone', phone],
  ['desktop', desktop],
]);
const themes = /** @type {const} */ (['light', 'dark']);

describe('kept pictures', () => {
  /** @type {Studio} */
  let studio;

  before(async () => {
    studio = await Studio.open('refused');
    // The stranger's attempt, and the list that cannot be had.
    studio.expected = [/404.*\/results\//, /503.*\/results\?/];
  });

  after(() => studio.close());

  test('are on the server: there after a reload, open large, save, and go when deleted', async () => {
    const page = await studio.visit(desktop);
    const answers = resultAnswers(page);
    await wearOnPhoto(page);
    await keep(page, 'Kept');
    await keep(page, 'Kept');
    assert.equal(await thumbs(page).count(), 2);
    await page.reload();
    await untilShown(thumbs(page), 2);

    await thumbs(page).first().click();
    const viewer = page.getByRole('dialog');
    await viewer.locator('img[data-whole=true]').waitFor();
    await viewer.getByText(/^Kept .+, until .+/).waitFor();
    const saved = page.waitForEvent('download');
    await viewer.getByRole('link', { name: 'Download' }).click();
    const download = await saved;
    assert.match(download.suggestedFilename(), /\.jpg$/);
    const bytes = readFileSync(await download.path());
    assert.ok(bytes.length > 1_000, `${bytes.length} bytes`);

    await remove(viewer);
    await untilShown(viewer.getByRole('list').getByRole('button'), 1);
    await remove(viewer);
    await viewer.getByText('Pictures you keep appear here.').waitFor();
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByText('Pictures you keep appear here.').waitFor();
    assert.deepEqual([...new Set(answers)], [200, 204]);
    await page.context().close();
  });

  test('come page by page as one goes on', async () => {
    const page = await studio.visit(desktop);
    await wearOnPhoto(page);
    for (let i = 0; i < 5; i += 1) {
      await keep(page, 'Kept');
    }
    await page.route('**/api/v1/results?*', (route) =>
      route.continue({ url: route.request().url().replace('limit=24', 'limit=2') }),
    );
    const asked = /** @type {string[]} */ ([]);
    page.on('request', (request) => asked.push(request.url()));
    await page.reload();
    await untilShown(thumbs(page), 5);
    assert.equal(asked.filter((url) => url.includes('/results?')).length, 3);
    await page.context().close();
  });

  test('are saved to the device too where that is wanted', async () => {
    const page = await studio.visit(desktop);
    await wearOnPhoto(page);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('dialog').getByText('PNG', { exact: true }).click();
    await page.keyboard.press('Escape');
    const saved = page.waitForEvent('download');
    await keep(page, 'Kept');
    assert.match((await saved).suggestedFilename(), /\.png$/);
    await page.context().close();
  });

  for (const { name, complaint, words } of /** @type {const} */ ([
    {
      name: 'there is no more room on the server',
      complaint: { code: 'STORAGE_QUOTA_EXCEEDED', requestId: true },
      words: 'No room for more: saved to this device only',
    },
    {
      name: 'the server is too old to keep any',
      complaint: { code: 'INVALID_MESSAGE', requestId: false },
      words: 'This server keeps no pictures: saved to this device only',
    },
  ])) {
    test(`stay in this visit and are saved when ${name}`, async () => {
      const page = await studio.newPage(desktop);
      await refuseCaptures(page, complaint);
      await studio.enter(page);
      await wearOnPhoto(page);
      const saved = page.waitForEvent('download');
      await keep(page, words);
      assert.match((await saved).suggestedFilename(), /\.jpg$/);
      await page.getByRole('button', { name: /on this device only/ }).click();
      const viewer = page.getByRole('dialog');
      await viewer.getByText('gone when you close the page').waitFor();
      assert.equal(await viewer.getByRole('link', { name: 'Save as PNG' }).count(), 1);
      const full = viewer.getByText('Delete some to keep more');
      assert.equal(await full.count(), complaint.requestId ? 1 : 0);
      await photograph(page, `kept-here-${complaint.code}`);
      await page.context().close();
    });
  }

  test('stay in this visit while the line is down', async () => {
    const page = await studio.visit(phone);
    await wearOnPhoto(page);
    studio.line.lower();
    await page.getByTestId('notice').waitFor();
    await keep(page, 'No connection: saved to this device only');
    await photograph(page, 'kept-offline-phone-light');
    studio.line.raise();
    await page.context().close();
  });

  test('that cannot be listed are said so, and are asked for again', async () => {
    const page = await studio.newPage(desktop);
    await page.route('**/api/v1/results?*', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'SERVER_BUSY', status: 503 }),
      }),
    );
    await studio.enter(page);
    await page.getByText('Your pictures could not be loaded.').waitFor();
    await photograph(page, 'kept-failed-desktop-light');
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Pictures you keep appear here.').waitFor();
    await page.context().close();
  });

  test('are nobody else’s', async () => {
    const page = await studio.visit(desktop);
    await wearOnPhoto(page);
    const result = page.waitForResponse(/\/api\/v1\/results\/[^/]+$/);
    await keep(page, 'Kept');
    const address = (await result).url();
    const stranger = await studio.visit(desktop);
    await stranger.getByText('Pictures you keep appear here.').waitFor();
    const status = await stranger.evaluate(async (url) => {
      const { token } = JSON.parse(localStorage.getItem('tryon.guest') ?? '{}');
      const answer = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
      return answer.status;
    }, address);
    assert.equal(status, 404);
    await stranger.context().close();
    await page.context().close();
  });

  test('go out as a file and are erased, with everything else about the person', async () => {
    const page = await studio.visit(desktop);
    await wearOnPhoto(page);
    await keep(page, 'Kept');
    const token = () => page.evaluate(() => localStorage.getItem('tryon.guest'));
    const before = await token();
    await page.getByRole('button', { name: 'Settings' }).click();
    const settings = page.getByRole('dialog');
    const saved = page.waitForEvent('download');
    await settings.getByRole('button', { name: 'Download everything about me' }).click();
    const archive = await saved;
    assert.match(archive.suggestedFilename(), /\.zip$/);
    assert.equal(readFileSync(await archive.path(), 'latin1').slice(0, 2), 'PK');

    await settings.getByRole('button', { name: 'Erase everything about me' }).click();
    await photograph(page, 'erase-desktop-light');
    await settings.getByRole('button', { name: 'Cancel' }).click();
    await settings.getByRole('button', { name: 'Erase everything about me' }).click();
    await settings.getByRole('button', { name: 'Erase everything', exact: true }).click();
    await settings.getByText(/^Erased: .*1 picture/).waitFor();
    await photograph(page, 'erased-desktop-light');
    await page.keyboard.press('Escape');
    await page.getByText('Pictures you keep appear here.').waitFor();
    await page.locator('[data-testid=connection][data-phase=live]').waitFor();
    assert.notEqual(await token(), before);
    await keep(page, 'Kept');
    await page.context().close();
  });

  for (const [name, size] of sizes) {
    for (const theme of themes) {
      test(`look well on a ${name}, ${theme}`, async () => {
        const page = await studio.visit(size, theme);
        await page.waitForTimeout(300);
        await photograph(page, `kept-none-${name}-${theme}`);
        await wearOnPhoto(page);
        const titles = await page.locator('[data-item]').count();
        for (let i = 0; i < 4; i += 1) {
          await page
            .locator('[data-item]')
            .nth((i * 3) % titles)
            .click();
          await page.waitForTimeout(400);
          await keep(page, 'Kept');
        }
        await page.waitForTimeout(300);
        await photograph(page, `kept-strip-${name}-${theme}`);
        await openNewest(page);
        const viewer = page.getByRole('dialog');
        await viewer.locator('img[data-whole=true]').waitFor();
        await photograph(page, `kept-open-${name}-${theme}`);
        assert.deepEqual(await poorControls(viewer), []);
        await viewer.getByRole('button', { name: 'Delete' }).click();
        await photograph(page, `kept-delete-${name}-${theme}`);
        assert.deepEqual(await poorControls(viewer), []);
        await page.keyboard.press('Escape');
        await viewer.waitFor({ state: 'detached' });
        await page.getByRole('button', { name: 'Settings' }).click();
        assert.deepEqual(await poorControls(page.getByRole('dialog')), []);
        await page
          .getByRole('button', { name: 'Erase everything about me' })
          .scrollIntoViewIfNeeded();
        await photograph(page, `settings-${name}-${theme}`);
        const shift = await page.evaluate(() =>
          performance
            .getEntriesByType('layout-shift')
            .reduce((sum, entry) => sum + Number(Reflect.get(entry, 'value')), 0),
        );
        assert.ok(shift < 0.01, `the layout shifts by ${shift}`);
        await page.context().close();
      });
    }
  }

  test('are gone through and deleted with the keyboard alone', async () => {
    const page = await studio.visit(desktop);
    await wearOnPhoto(page);
    await keep(page, 'Kept');
    await keep(page, 'Kept');
    await thumbs(page).first().focus();
    await page.keyboard.press('Enter');
    const viewer = page.getByRole('dialog');
    const chosen = viewer.locator('[aria-current=true]');
    const first = await chosen.getAttribute('data-id');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await eventually(
      () => chosen.getAttribute('data-id'),
      (id) => id !== first,
    );
    await viewer.getByRole('button', { name: 'Delete' }).focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Keep it');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await untilShown(viewer.getByRole('list').getByRole('button'), 1);
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('complain of nothing in the browser’s console', () => {
    assert.deepEqual(studio.complaints, []);
  });
});
