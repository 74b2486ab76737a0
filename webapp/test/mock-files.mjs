import { createReadStream, existsSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';

const mediaTypes = /** @type {Record<string, string>} */ ({
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
});

/**
 * Answers with a file of the built page.
 *
 * @param {string | undefined} root the folder, if there is one
 * @param {string} pathname
 * @param {import('node:http').ServerResponse} response
 */
export function sendFile(root, pathname, response) {
  const file = join(root ?? '', normalize(pathname === '/' ? '/index.html' : pathname));
  if (root === undefined || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader('Content-Type', mediaTypes[extname(file)] ?? 'application/octet-stream');
  createReadStream(file).pipe(response);
}
