import { eventually, untilWorn, usePhoto as showPhoto, vividLook, wear } from './mirror-page.mjs';
import { aPhoto } from './studio.mjs';

/**
 * What a person does with kept pictures.
 *
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').Locator} Locator
 */

/** @param {Page} page */
export async function wearOnPhoto(page) {
  await showPhoto(page, aPhoto());
  const { item, color } = await vividLook(page, 'blue');
  await wear(page, item);
  await untilWorn(page, color);
}

/**
 * Presses the shutter, waits until the picture is kept, and reads what the page says of it.
 *
 * @param {Page} page
 * @param {string} words
 */
export async function keep(page, words) {
  const before = await newest(page);
  await page.getByRole('button', { name: 'Keep this picture' }).click();
  await eventually(
    () => newest(page),
    ({ id, place }) => id !== before.id && place === (words === 'Kept' ? 'server' : 'visit'),
  );
  if (words !== 'Kept') {
    await page.getByText(words).waitFor();
  }
}

/** @param {Page} page */
async function newest(page) {
  return page.evaluate(() => {
    const { id, place } =
      /** @type {HTMLElement | null} */ (document.querySelector('[data-place]'))?.dataset ?? {};
    return { id, place };
  });
}

/** @param {Page} page */
export function thumbs(page) {
  return page.getByRole('list', { name: 'Kept pictures' }).getByRole('button');
}

/** @param {Page} page */
export async function openNewest(page) {
  const one = page.getByRole('button', { name: 'Kept pictures', exact: true });
  await ((await one.isVisible()) ? one : thumbs(page).first()).click();
}

/** @param {Locator} viewer */
export async function remove(viewer) {
  await viewer.getByRole('button', { name: 'Delete' }).click();
  await viewer.getByRole('button', { name: 'Delete' }).click();
}

/**
 * Waits for so many thumbnails, each with its picture.
 *
 * @param {Locator} buttons
 * @param {number} count
 */
export async function untilShown(buttons, count) {
  await eventually(
    () => buttons.count(),
    (shown) => shown === count,
  );
  await eventually(
    () =>
      buttons
        .locator('img')
        .evaluateAll(
          (images) =>
            images.filter((image) => image instanceof HTMLImageElement && image.naturalWidth > 0)
              .length,
        ),
    (shown) => shown === count,
  );
}

/**
 * The statuses of the server's answers about results.
 *
 * @param {Page} page
 * @returns {number[]}
 */
export function resultAnswers(page) {
  const answers = /** @type {number[]} */ ([]);
  page.on('response', (response) => {
    if (response.url().includes('/api/v1/results')) {
      answers.push(response.status());
    }
  });
  return answers;
}

/**
 * Answers captures in the server's place.
 *
 * @param {Page} page
 * @param {{ code: string, requestId: boolean }} complaint
 */
export async function refuseCaptures(page, { code, requestId }) {
  await page.routeWebSocket(/\/ws\//, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((data) => {
      const message = typeof data === 'string' ? JSON.parse(data) : {};
      if (message.type === 'capture') {
        const about = requestId ? { requestId: message.requestId } : {};
        const error = { type: 'error', code, message: code, recoverable: true, ...about };
        socket.send(JSON.stringify(error));
      } else {
        server.send(data);
      }
    });
  });
}

/**
 * Controls without a name or without room for a thumb.
 *
 * @param {Locator} part
 */
export async function poorControls(part) {
  return part.locator('button, label:has(input), a').evaluateAll((controls) =>
    controls
      .filter((control) => control.checkVisibility())
      .map((control) => {
        const { width, height } = control.getBoundingClientRect();
        const words = control.getAttribute('aria-label') ?? control.textContent ?? '';
        return { words, width, height };
      })
      .filter(({ words, width, height }) => words.trim() === '' || width < 44 || height < 44),
  );
}
