import { mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright-core';
import { MockServer } from '../test/mock-server.mjs';
import { png } from '../test/png.mjs';
import { Line } from './line.mjs';

/**
 * A server, a line to it and a browser with a camera: what every browser test begins with.
 *
 * @typedef {{ width: number, height: number }} Size
 * @typedef {'light' | 'dark'} Theme
 * @typedef {'allowed' | 'refused'} CameraAnswer
 * @typedef {'flat' | 'in-depth'} Graphics `in-depth` draws in three dimensions, in software
 */

const settings = {
  baseUrl: process.env['TRYON_E2E_BASE_URL'],
  fakeVideo: process.env['TRYON_E2E_FAKE_VIDEO'],
  photo: process.env['TRYON_E2E_PHOTO'],
  screenshots: process.env['TRYON_E2E_SCREENSHOTS'] ?? join(tmpdir(), 'tryon-screenshots'),
  browser: process.env['TRYON_E2E_BROWSER'] ?? '/usr/bin/chromium',
};

const quiet = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const graphicsArguments = {
  flat: ['--disable-gpu', '--disable-3d-apis'],
  'in-depth': ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
};

/** Milliseconds: drawing in software takes its time, and the page waits for it. */
const patience = { flat: 20_000, 'in-depth': 120_000 };

export const phone = { width: 390, height: 844 };
export const desktop = { width: 1440, height: 900 };

/** What browsers say of a line that was cut. */
const lostLine = /ERR_CONNECTION|ERR_EMPTY|ERR_SOCKET|closed before receiving a handshake response/;

export class Studio {
  /** @type {import('playwright-core').Browser} */
  #browser;
  /** @type {MockServer | undefined} */
  #mock;
  #patienceMillis;
  /** @type {string[]} What went wrong in the pages, from their consoles. */
  complaints = [];
  /** @type {RegExp[]} Complaints that a test has caused on purpose. */
  expected = [];

  /**
   * @param {import('playwright-core').Browser} browser
   * @param {Line} line
   * @param {string} address
   * @param {MockServer | undefined} mock
   * @param {number} patienceMillis how long a page may take for anything
   */
  constructor(browser, line, address, mock, patienceMillis) {
    this.#browser = browser;
    this.#mock = mock;
    this.#patienceMillis = patienceMillis;
    this.line = line;
    this.address = address;
  }

  /**
   * @param {CameraAnswer} camera
   * @param {Graphics} [graphics]
   */
  static async open(camera, graphics = 'flat') {
    const mock = settings.baseUrl
      ? undefined
      : new MockServer({ root: new URL('../dist', import.meta.url).pathname });
    const line = new Line(settings.baseUrl ?? (await mock?.listen()) ?? '');
    const video = settings.fakeVideo
      ? [`--use-file-for-fake-video-capture=${settings.fakeVideo}`]
      : [];
    const answer =
      camera === 'allowed'
        ? ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', ...video]
        : ['--deny-permission-prompts', '--use-fake-device-for-media-stream'];
    const browser = await chromium.launch({
      executablePath: settings.browser,
      args: [...quiet, ...graphicsArguments[graphics], ...answer],
    });
    return new Studio(browser, line, await line.listen(), mock, patience[graphics]);
  }

  /**
   * Visits the page as a new visitor.
   *
   * @param {Size} viewport
   * @param {Theme} [colorScheme]
   * @param {() => void} [beforehand] runs in the page before its own scripts
   */
  async visit(viewport, colorScheme = 'light', beforehand = undefined) {
    const page = await this.newPage(viewport, colorScheme);
    if (beforehand) {
      await page.addInitScript(beforehand);
    }
    return this.enter(page);
  }

  /**
   * A new visitor's browser window, still empty.
   *
   * @param {Size} viewport
   * @param {Theme} [colorScheme]
   * @param {{ hasTouch?: boolean }} [device]
   */
  async newPage(viewport, colorScheme = 'light', device = {}) {
    const context = await this.#browser.newContext({
      ...device,
      viewport,
      colorScheme,
      acceptDownloads: true,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(this.#patienceMillis);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      const words = `${message.text()} ${message.location().url}`;
      const expected = [lostLine, ...this.expected].some((pattern) => pattern.test(words));
      if (message.type() === 'error' && !expected) {
        this.complaints.push(words);
      }
    });
    return page;
  }

  /** @param {import('playwright-core').Page} page */
  async enter(page) {
    await page.goto(this.address);
    await page.locator('[data-item]').first().waitFor();
    return page;
  }

  async close() {
    await this.#browser.close();
    this.line.close();
    await this.#mock?.close();
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
export async function photograph(page, name) {
  mkdirSync(settings.screenshots, { recursive: true });
  await page.screenshot({ path: join(settings.screenshots, `${name}.png`) });
}

/** A photo to drop into the page. */
export function aPhoto() {
  if (settings.photo) {
    return { name: 'hand.jpg', mimeType: 'image/jpeg', buffer: readFileSync(settings.photo) };
  }
  if (settings.fakeVideo) {
    const video = readFileSync(settings.fakeVideo);
    const next = video.indexOf(Buffer.from([0xff, 0xd8, 0xff]), 2);
    const buffer = video.subarray(0, next < 0 ? video.length : next);
    return { name: 'hand.jpg', mimeType: 'image/jpeg', buffer };
  }
  const buffer = png(640, 480, () => [214, 176, 150, 255]);
  return { name: 'plain.png', mimeType: 'image/png', buffer };
}
