import { catalog } from './mock-catalog.mjs';
import { png } from './png.mjs';

/** @param {Record<string, any>} look */
export function colorOf(look) {
  const item = catalog.find(({ id }) => id === look['item']);
  const hex = String(look['options']?.color ?? item?.options.color ?? '#b8122f');
  const value = Number.parseInt(hex.slice(1), 16);
  return /** @type {const} */ ([value >> 16, (value >> 8) & 255, value & 255]);
}

const drawn = /** @type {Map<string, Buffer>} */ (new Map());

/**
 * @param {number} width
 * @param {number} height
 * @param {readonly [number, number, number]} color
 */
export function nail(width, height, color) {
  const key = [width, height, ...color].join();
  const known = drawn.get(key);
  if (known) {
    return known;
  }
  const picture = png(width, height, (x, y) => {
    const u = (2 * (x + 0.5)) / width - 1;
    const v = (2 * (y + 0.5)) / height - 1;
    return [...color, Math.abs(u) ** 3 + Math.abs(v) ** 3 < 1 ? 235 : 0];
  });
  drawn.set(key, picture);
  return picture;
}

/**
 * @param {object} header
 * @param {Buffer} payload
 */
export function pack(header, payload) {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([length, json, payload]);
}

/**
 * @param {import('ws').WebSocket} ws
 * @param {object} message
 */
export function say(ws, message) {
  ws.send(JSON.stringify(message));
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {object | undefined} body
 */
export function reply(response, status, body) {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'Content-Type': type });
  response.end(body && JSON.stringify(body));
}
