import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { colorOf, nail, pack, reply, say } from './mock-answers.mjs';
import { sendFile } from './mock-files.mjs';
import { offers } from './mock-offers.mjs';
import { MockScans } from './mock-scans.mjs';
import { MockShelf } from './mock-shelf.mjs';

/**
 * A stand-in for the tryon server: the same protocol, with patches of colour for an engine. For tests of the client
 * library and for working on the page alone.
 *
 * @typedef {{ status: number, problem: Record<string, unknown> }} Refusal
 * @typedef {{
 *   owner: string, look: Record<string, any>, output: string, resumeToken: string, ticket: string | undefined,
 *   frames: number, newest?: { picture: Buffer, mediaType: string }
 * }} MockSession
 * @typedef {{ code: string, suggestion?: string }} Complaint
 */

export class MockServer {
  /** @type {Map<string, MockSession>} */
  sessions = new Map();
  /** @type {Refusal | undefined} Refuses new sessions while set. */
  refusal;
  /** @type {Complaint | undefined} Answers frames with an error while set. */
  complaint;
  /** @type {'answer' | 'skip' | 'silence'} What becomes of frames. */
  frames = 'answer';
  /** @type {Map<string, string>} Guests by their tokens. */
  guests = new Map();
  shelf = new MockShelf();
  scans = new MockScans(this.shelf);
  /** @type {unknown[]} Every text message and frame header received. */
  received = [];
  /** @type {string[]} The query of each socket that was opened. */
  queries = [];
  /** Where patches go, as shares of the frame: x, y, width, height. */
  places = [
    [0.24, 0.3, 0.06, 0.13],
    [0.39, 0.16, 0.07, 0.14],
    [0.54, 0.14, 0.07, 0.14],
    [0.69, 0.24, 0.06, 0.13],
  ];

  /** @param {{ root?: string }} settings `root` is a folder with the built page, served too */
  constructor({ root } = {}) {
    this.root = root;
    this.http = createServer((request, response) => void this.#serve(request, response));
    this.sockets = new WebSocketServer({
      noServer: true,
      handleProtocols: (protocols) => (protocols.has('tryon.v1') ? 'tryon.v1' : false),
    });
    this.http.on('upgrade', (request, socket, head) => {
      this.sockets.handleUpgrade(request, socket, head, (ws) =>
        this.#welcome(ws, request.url ?? ''),
      );
    });
  }

  /** @param {number} port */
  async listen(port = 0) {
    await new Promise((done) => this.http.listen(port, '127.0.0.1', () => done(undefined)));
    const address = this.http.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`;
  }

  async close() {
    this.sockets.clients.forEach((ws) => ws.terminate());
    await new Promise((done) => this.http.close(done));
  }

  /**
   * Ends every connection: with a close code, or abruptly.
   *
   * @param {number} [code]
   * @param {number} [retryAfterMs] told before the close
   */
  drop(code, retryAfterMs) {
    this.sockets.clients.forEach((ws) => {
      if (code === undefined) {
        ws.terminate();
      } else {
        say(ws, { type: 'closing', code, reason: 'dropped', retryAfterMs });
        ws.close(code);
      }
    });
  }

  /** Tells every client how often to send. @param {number} targetFps */
  advise(targetFps) {
    this.sockets.clients.forEach((ws) => say(ws, { type: 'quality', targetFps, reason: 'load' }));
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async #serve(request, response) {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://mock');
    const call = `${request.method} ${pathname}`;
    if (!pathname.startsWith('/api/')) {
      sendFile(this.root, pathname, response);
      return;
    }
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(/** @type {Buffer} */ (chunk));
    }
    const bytes = Buffer.concat(chunks);
    const body = bytes.toString();
    if (this.scans.serveAnyone(call, response)) {
      return;
    }
    if (call === 'POST /api/v1/guests') {
      this.#welcomeGuest(response);
      return;
    }
    const owner = this.guests.get(request.headers.authorization?.replace('Bearer ', '') ?? '');
    if (owner === undefined) {
      reply(response, 401, { code: 'UNAUTHENTICATED', detail: 'A token is needed.' });
    } else if (
      this.shelf.serve(owner, call, searchParams, response) ||
      this.scans.serve(owner, call, bytes, response)
    ) {
      return;
    } else if (offers.has(call)) {
      reply(response, 200, offers.get(call));
    } else if (call === 'POST /api/v1/sessions') {
      this.#createSession(owner, JSON.parse(body), response);
    } else if (call.startsWith('DELETE /api/v1/sessions/')) {
      this.sessions.delete(pathname.split('/').pop() ?? '');
      reply(response, 204, undefined);
    } else {
      reply(response, 404, { detail: 'There is nothing here.' });
    }
  }

  /** @param {import('node:http').ServerResponse} response */
  #welcomeGuest(response) {
    const [token, subject] = [randomUUID(), randomUUID()];
    this.guests.set(token, subject);
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    reply(response, 201, { token, subject, expiresAt });
  }

  /**
   * @param {string} owner
   * @param {any} wanted
   * @param {import('node:http').ServerResponse} response
   */
  #createSession(owner, wanted, response) {
    if (this.refusal) {
      reply(response, this.refusal.status, this.refusal.problem);
      return;
    }
    const id = randomUUID();
    const [ticket, resumeToken] = [randomUUID(), randomUUID()];
    this.sessions.set(id, {
      owner,
      look: wanted.look,
      output: wanted.output,
      resumeToken,
      ticket,
      frames: 0,
    });
    reply(response, 201, {
      id,
      status: 'created',
      expiresAt: new Date(Date.now() + 1_800_000).toISOString(),
      webSocket: { path: `/ws/try-on/${id}`, ticket },
      resumeToken,
    });
  }

  /**
   * @param {import('ws').WebSocket} ws
   * @param {string} address
   */
  #welcome(ws, address) {
    const { pathname, searchParams } = new URL(address, 'http://mock');
    this.queries.push(searchParams.toString());
    const id = pathname.split('/').pop() ?? '';
    const session = this.sessions.get(id);
    if (!session) {
      ws.close(4404);
      return;
    }
    const ticket = searchParams.get('ticket');
    if (ticket !== null && ticket !== session.ticket) {
      ws.close(4401);
      return;
    }
    session.ticket = undefined;
    ws.on('message', (data, isBinary) => {
      const bytes = /** @type {Buffer} */ (data);
      if (isBinary) {
        this.#frame(ws, session, bytes);
      } else {
        this.#text(ws, id, session, JSON.parse(bytes.toString()));
      }
    });
  }

  /**
   * @param {import('ws').WebSocket} ws
   * @param {string} id
   * @param {MockSession} session
   * @param {any} message
   */
  #text(ws, id, session, message) {
    this.received.push(message);
    if (message.type === 'hello' && message.resumeToken !== session.resumeToken) {
      ws.close(4401);
    } else if (message.type === 'hello') {
      session.output = message.output;
      say(ws, {
        type: 'ready',
        engine: 'nails',
        targetFps: 25,
        maxResolution: { width: 640, height: 480 },
        formats: ['jpeg', 'webp'],
        maxInFlight: 2,
        resumeToken: session.resumeToken,
      });
    } else if (message.type === 'look') {
      session.look = { item: message.item, options: message.options };
    } else if (message.type === 'capture') {
      const answer = this.shelf.capture(id, session, message.requestId);
      if (answer) {
        say(ws, answer);
      }
    } else if (message.type === 'ping') {
      say(ws, { type: 'pong', timestamp: message.timestamp });
    }
  }

  /**
   * @param {import('ws').WebSocket} ws
   * @param {MockSession} session
   * @param {Buffer} bytes
   */
  #frame(ws, session, bytes) {
    const headerBytes = bytes.readUInt32BE(0);
    const header = JSON.parse(bytes.subarray(4, 4 + headerBytes).toString());
    const { sequence, width, height } = header;
    session.frames += 1;
    const picture = Buffer.from(bytes.subarray(4 + headerBytes));
    session.newest = { picture, mediaType: `image/${header.format}` };
    this.received.push(header);
    if (this.frames === 'silence') {
      return;
    }
    if (this.frames === 'skip') {
      say(ws, { type: 'skipped', sequence, reason: 'overloaded' });
    } else if (this.complaint) {
      const { code, suggestion } = this.complaint;
      say(ws, { type: 'error', code, message: code, recoverable: true, suggestion, sequence });
    } else if (session.output === 'overlay') {
      this.#overlay(ws, session, header);
    } else {
      const answer = { type: 'frame', sequence, format: 'jpeg', width, height, confidence: 1 };
      ws.send(pack(answer, bytes.subarray(4 + headerBytes)));
    }
  }

  /**
   * @param {import('ws').WebSocket} ws
   * @param {MockSession} session
   * @param {{ sequence: number, width: number, height: number }} frame
   */
  #overlay(ws, session, { sequence, width, height }) {
    const color = colorOf(session.look);
    const patches = this.places.map(([x = 0, y = 0, w = 0, h = 0]) => {
      const size = /** @type {const} */ ([Math.round(w * width), Math.round(h * height)]);
      return {
        at: [Math.round(x * width), Math.round(y * height)],
        size,
        bytes: nail(...size, color),
      };
    });
    const parts = patches.map(({ at, size, bytes }) => ({
      x: at[0],
      y: at[1],
      width: size[0],
      height: size[1],
      format: 'png',
      bytes: bytes.length,
    }));
    const answer = { type: 'overlay', sequence, width, height, confidence: 1, parts };
    ws.send(pack(answer, Buffer.concat(patches.map(({ bytes }) => bytes))));
  }
}
