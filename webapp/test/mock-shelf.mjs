import { randomUUID } from 'node:crypto';
import { reply } from './mock-answers.mjs';
import { zip } from './zip.mjs';

/**
 * What the mock server keeps of each guest: captured pictures, in memory, and the calls about them.
 *
 * @typedef {{ owner: string, picture: Buffer, maps?: Map<string, Buffer>, result: Record<string, any> }} Kept
 */
export class MockShelf {
  /** @type {Kept[]} The newest first. */
  kept = [];
  /** Pictures that one guest may keep. */
  capacity = 1_000;
  /** @type {'keep' | 'refuse' | 'unknown' | 'silence'} What becomes of captures; `unknown` is an older server's way. */
  captures = 'keep';
  /** @type {import('./mock-server.mjs').Refusal | undefined} Answers every call about results while set. */
  refusal;
  /** @type {string[]} What was asked of each archive. */
  archives = [];

  /**
   * @param {string} session
   * @param {import('./mock-server.mjs').MockSession} of
   * @param {string} requestId
   * @returns {object | undefined} what to answer
   */
  capture(session, { owner, look, newest }, requestId) {
    const complaint = { type: 'error', recoverable: true };
    if (this.captures === 'silence') {
      return undefined;
    }
    if (this.captures === 'unknown') {
      return { ...complaint, code: 'INVALID_MESSAGE', message: 'There is no such message.' };
    }
    if (this.captures === 'refuse' || !newest) {
      return {
        ...complaint,
        code: 'SERVER_BUSY',
        message: 'Busy.',
        retryAfterMs: 2_000,
        requestId,
      };
    }
    if (this.kept.filter((each) => each.owner === owner).length >= this.capacity) {
      return { ...complaint, code: 'STORAGE_QUOTA_EXCEEDED', message: 'Full.', requestId };
    }
    const result = this.#keep(owner, session, look, newest);
    return { type: 'captured', requestId, resultId: result.id, files: result.files };
  }

  /**
   * @param {string} owner
   * @param {string} session
   * @param {object} look
   * @param {{ picture: Buffer, mediaType: string }} newest
   */
  #keep(owner, session, look, { picture, mediaType }) {
    const id = randomUUID();
    const files = ['image', 'thumbnail'].map((name) => ({
      name,
      mediaType,
      bytes: picture.length,
      url: `/api/v1/results/${id}/files/${name}`,
    }));
    const result = {
      id,
      kind: 'capture',
      engine: 'nails',
      look,
      confidence: 1,
      sessionId: session,
      metadata: {},
      files,
      createdAt: new Date().toISOString(),
      expiresAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    };
    this.kept.unshift({ owner, picture, result });
    return result;
  }

  /**
   * Keeps what a scan made.
   *
   * @param {string} owner
   * @param {{ jobId: string, look: object, metadata: object }} scan
   * @param {Map<string, Buffer>} maps
   * @returns {string} the result's id
   */
  keepScan(owner, scan, maps) {
    const id = randomUUID();
    const files = [...maps].map(([name, { length }]) => ({
      name,
      mediaType: 'image/png',
      bytes: length,
      url: `/api/v1/results/${id}/files/${name}`,
    }));
    const createdAt = new Date().toISOString();
    const expiresAt = new Date(Date.now() + 30 * 86_400_000).toISOString();
    const result = { id, kind: 'scan', engine: 'fabric', ...scan, files, createdAt, expiresAt };
    this.kept.unshift({ owner, picture: Buffer.alloc(0), maps, result });
    return id;
  }

  /**
   * @param {string} owner
   * @param {string} call method and path
   * @param {URLSearchParams} query
   * @param {import('node:http').ServerResponse} response
   * @returns {boolean} whether the call was one about results
   */
  serve(owner, call, query, response) {
    const [, method, id, file, archive] =
      /^(GET|DELETE) \/api\/v1\/results(?:\/([^/]+)(?:\/files\/([^/]+)|\/(archive))?)?$/.exec(
        call,
      ) ?? [];
    const aboutMe = call === 'GET /api/v1/me/export' || call === 'DELETE /api/v1/me';
    if (!method && !aboutMe) {
      return false;
    }
    const mine = this.kept.filter((each) => each.owner === owner);
    const one = mine.find(({ result }) => result['id'] === id);
    if (this.refusal) {
      reply(response, this.refusal.status, this.refusal.problem);
    } else if (call === 'DELETE /api/v1/me') {
      this.kept = this.kept.filter((each) => each.owner !== owner);
      reply(response, 200, { uploads: 0, results: mine.length, sessions: 1, jobs: 0 });
    } else if (aboutMe) {
      response.writeHead(200, { 'Content-Type': 'application/zip' }).end('PK mock');
    } else if (id === undefined) {
      reply(response, 200, page(mine, query));
    } else if (!one) {
      reply(response, 404, { code: 'NOT_FOUND', detail: 'There is no such thing here.' });
    } else if (method === 'DELETE') {
      this.kept = this.kept.filter((each) => each !== one);
      reply(response, 204, undefined);
    } else if (archive !== undefined) {
      this.archives.push(query.toString());
      const body = zip([...(one.maps ?? [])].map(([name, bytes]) => [`${name}.png`, bytes]));
      response.writeHead(200, { 'Content-Type': 'application/zip' }).end(body);
    } else if (file !== undefined) {
      const { mediaType } = one.result['files'][0];
      const body = one.maps?.get(file) ?? one.picture;
      response.writeHead(200, { 'Content-Type': mediaType }).end(body);
    } else {
      reply(response, 200, one.result);
    }
    return true;
  }
}

/**
 * @param {readonly Kept[]} mine
 * @param {URLSearchParams} query
 */
function page(mine, query) {
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Number(query.get('limit') ?? 20);
  const items = mine.slice(start, end).map(({ result }) => result);
  return { items, ...(end < mine.length ? { nextCursor: String(end) } : {}) };
}
