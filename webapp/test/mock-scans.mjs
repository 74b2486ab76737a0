import { randomUUID } from 'node:crypto';
import { reply } from './mock-answers.mjs';
import { cloths, map, scannedMaps } from './mock-materials.mjs';
import { zip } from './zip.mjs';

/**
 * What the mock server does with photos of cloth: uploads, scans as jobs, and the catalogue's materials.
 *
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {{ id: string, owner: string, width: number, height: number, bytes: Buffer }} Upload
 */
export class MockScans {
  /** @type {'make' | 'refuse' | 'fill' | 'hold'} What becomes of scans; `hold` leaves them running until set otherwise. */
  scans = 'make';
  /** @type {Upload[]} */
  uploads = [];
  /** @type {{ owner: string, job: Record<string, any> }[]} */
  jobs = [];
  /** @type {string[]} What photos are warned of. */
  warnings = [];
  #shelf;

  /** @param {import('./mock-shelf.mjs').MockShelf} shelf takes what is made */
  constructor(shelf) {
    this.#shelf = shelf;
  }

  /**
   * Answers calls that need no token.
   *
   * @param {string} call method and path
   * @param {Response} response
   * @returns {boolean} whether the call was one
   */
  serveAnyone(call, response) {
    const [, id, file = ''] =
      /^GET \/api\/v1\/engines\/fabric\/catalog\/([^/]+)\/materials\/1\/(?:\d+\/)?(.+)$/.exec(
        call,
      ) ?? [];
    const cloth = cloths.find((each) => each.id === id);
    if (!cloth) {
      return false;
    }
    const type = file.endsWith('.zip') ? 'application/zip' : 'image/png';
    const body = file.endsWith('.zip')
      ? zip([['basecolor.png', map('basecolor', cloth)]])
      : map(file.replace(/\..*/, ''), cloth);
    response.writeHead(200, { 'Content-Type': type }).end(body);
    return true;
  }

  /**
   * @param {string} owner
   * @param {string} call method and path
   * @param {Buffer} body
   * @param {Response} response
   * @returns {boolean} whether the call was one about uploads and jobs
   */
  serve(owner, call, body, response) {
    const [, method, kind, id, part] =
      /^(GET|POST|DELETE) \/api\/v1\/(uploads|jobs)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(call) ?? [];
    if (!method) {
      return false;
    }
    const upload = this.uploads.find((each) => each.id === id && each.owner === owner);
    const order = this.jobs.find(({ job, owner: whose }) => job['id'] === id && whose === owner);
    if (method === 'POST') {
      reply(response, 201, kind === 'jobs' ? this.#order(owner, body) : this.#keep(owner, body));
    } else if (upload && part === 'content') {
      response.writeHead(200, { 'Content-Type': 'image/png' }).end(upload.bytes);
    } else if (upload) {
      reply(response, 200, told(upload));
    } else if (order && method === 'DELETE') {
      order.job['status'] = 'canceled';
      reply(response, 204, undefined);
    } else if (order && part === 'events') {
      this.#tell(order, response);
    } else if (order) {
      reply(response, 200, order.job);
    } else {
      reply(response, 404, { code: 'NOT_FOUND', detail: 'There is no such thing here.' });
    }
    return true;
  }

  /**
   * @param {string} owner
   * @param {Buffer} body
   */
  #keep(owner, body) {
    const start = body.indexOf(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
    const [width, height] =
      start < 0 ? [640, 480] : [body.readUInt32BE(start + 16), body.readUInt32BE(start + 20)];
    const bytes = body.subarray(Math.max(0, start), body.lastIndexOf('\r\n--'));
    const upload = { id: randomUUID(), owner, width, height, bytes };
    this.uploads.push(upload);
    return told(upload);
  }

  /**
   * @param {string} owner
   * @param {Buffer} body
   */
  #order(owner, body) {
    const job = { ...JSON.parse(body.toString()), id: randomUUID(), status: 'queued', progress: 0 };
    this.jobs.push({ owner, job });
    return job;
  }

  /**
   * Tells of a job, which goes on only while somebody listens.
   *
   * @param {{ owner: string, job: Record<string, any> }} order
   * @param {Response} response
   */
  #tell({ owner, job }, response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const tell = (/** @type {string} */ event) =>
      response.write(`: \n\nid: 1\nevent: ${event}\ndata: ${JSON.stringify(job)}\n\n`);
    Object.assign(job, { status: 'running' });
    tell('status');
    const go = () => {
      if (job['status'] === 'canceled' || response.destroyed) {
        response.end();
        return;
      }
      if (this.scans !== 'hold') {
        job['progress'] += 0.25;
      }
      if (job['progress'] < 1) {
        tell('progress');
        setTimeout(go, 30);
        return;
      }
      this.#end(owner, job);
      tell('status');
      response.end();
    };
    setTimeout(go, 30);
  }

  /**
   * @param {string} owner
   * @param {Record<string, any>} job
   */
  #end(owner, job) {
    const upload = this.uploads.find(({ id }) => id === job['inputs'].fabric);
    if (this.scans === 'refuse' || !upload) {
      const suggestion = 'No cloth is to be seen. Lay it on a plain ground and fill the picture.';
      const problem = { status: 422, code: 'FABRIC_NOT_DETECTED', suggestion };
      Object.assign(job, { status: 'failed', problem });
    } else if (this.scans === 'fill') {
      Object.assign(job, {
        status: 'failed',
        problem: { status: 507, code: 'STORAGE_QUOTA_EXCEEDED' },
      });
    } else {
      const resultId = this.#made(owner, upload, job);
      Object.assign(job, { status: 'succeeded', resultId });
    }
  }

  /**
   * @param {string} owner
   * @param {Upload} upload
   * @param {Record<string, any>} job
   */
  #made(owner, { width, height }, { id: jobId, look }) {
    const { options = {} } = look;
    const shares =
      options.swatch === 'corners'
        ? ['topLeft', 'topRight', 'bottomRight', 'bottomLeft'].flatMap((name) => [
            options[`${name}X`],
            options[`${name}Y`],
          ])
        : [0.2, 0.2, 0.8, 0.2, 0.8, 0.8, 0.2, 0.8];
    const corners = shares.map((share, at) => share * ((at % 2 === 0 ? width : height) - 1));
    const properties = {
      corners,
      cornersFrom: options.swatch === 'corners' ? 'given' : 'found',
      class: options.class === 'knit' ? 'knit' : 'woven',
      period: [12, 12],
      roughness: 0.8,
      metalness: 0,
      confidenceClass: 0.7,
      ...(options.widthMillimetres ? { widthMillimetres: 60, heightMillimetres: 60 } : {}),
      warnings: this.warnings,
      advice: this.warnings.map((word) => `The photo is ${word}: take it again, holding still.`),
    };
    return this.#shelf.keepScan(owner, { jobId, look, metadata: { properties } }, scannedMaps());
  }
}

/** @param {Upload} upload */
function told({ id, width, height }) {
  const url = `/api/v1/uploads/${id}/content`;
  return { id, purpose: 'fabric', mediaType: 'image/png', width, height, url };
}
