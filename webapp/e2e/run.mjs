/**
 * Runs the browser tests against a server.
 *
 * npm run e2e -- [--base-url URL] [--fake-video FILE.mjpeg] [--photo FILE] [--screenshots DIR] [--browser FILE]
 *
 * Without a base URL the page in dist is served by the mock server; without a video the camera is Chromium's own test
 * picture; without a photo the video's first picture is used.
 */
import process from 'node:process';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    'base-url': { type: 'string' },
    'fake-video': { type: 'string' },
    photo: { type: 'string' },
    screenshots: { type: 'string' },
    browser: { type: 'string' },
  },
});
for (const [name, value] of Object.entries(values)) {
  process.env[`TRYON_E2E_${name.replace('-', '_').toUpperCase()}`] = value;
}

const counts = { passed: 0, failed: 0 };
const files = ['mirror', 'results', 'states', 'layout', 'fabric', 'fabric-states', 'materials'].map((name) =>
  fileURLToPath(new URL(`${name}.e2e.mjs`, import.meta.url)),
);
const tests = run({ files, concurrency: 1, timeout: 900_000 });
tests.on('test:pass', ({ details }) => {
  counts.passed += details.type === 'suite' ? 0 : 1;
});
tests.on('test:fail', ({ details }) => {
  counts.failed += details.type === 'suite' ? 0 : 1;
});
tests.on('end', () => {
  process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
});
const reporter = new spec();
reporter.on('end', () => console.log(`${counts.passed} passed, ${counts.failed} failed`));
tests.pipe(reporter).pipe(process.stdout);
