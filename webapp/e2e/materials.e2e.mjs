import assert from 'node:assert/strict';
import process from 'node:process';
import { describe, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { validateBytes } from 'gltf-validator';

/** Khronos's validator over what the server hands on; the mock has no materials of its own. */
const server = process.env.TRYON_E2E_BASE_URL;
const size = 512;

describe('materials in glTF', { skip: server === undefined && 'asks the server itself' }, () => {
  test('of the catalogue have nothing that the validator speaks of', async () => {
    const { items } = await json('/api/v1/engines/fabric/catalog?limit=100');
    const materials = items.filter((item) => item.material !== undefined);
    assert.ok(materials.length >= 12, `${materials.length} materials`);
    for (const { id, material } of materials) {
      const folder = `${material.address}/${size}`;
      await assertValid(id, (name) => bytes(`${folder}/${name}`));
    }
  });

  test('of a scan have nothing either', async () => {
    const { token } = await json('/api/v1/guests', { method: 'POST' });
    const holder = { Authorization: `Bearer ${token}` };
    const { items } = await json('/api/v1/engines/fabric/catalog?limit=100');
    const twill = items.find((item) => item.id === 'cotton-twill');
    const form = new FormData();
    form.set('purpose', 'fabric');
    const photo = await bytes(`${twill.material.address}/${size}/basecolor.jpg`);
    form.set('file', new Blob([photo], { type: 'image/jpeg' }), 'twill.jpg');
    const upload = await json('/api/v1/uploads', { method: 'POST', headers: holder, body: form });
    const order = {
      kind: 'scan',
      engine: 'fabric',
      inputs: { fabric: upload.id },
      look: { options: { size: String(size) } },
    };
    let job = await json('/api/v1/jobs', {
      method: 'POST',
      headers: { ...holder, 'Content-Type': 'application/json', Prefer: 'wait=30' },
      body: JSON.stringify(order),
    });
    while (job.status === 'queued' || job.status === 'running') {
      job = await json(`/api/v1/jobs/${job.id}`, { headers: { ...holder, Prefer: 'wait=30' } });
    }
    assert.equal(job.status, 'succeeded', JSON.stringify(job));
    const files = unzipped(
      await bytes(`/api/v1/results/${job.resultId}/archive`, { headers: holder }),
    );
    await assertValid('a scan', (name) => Promise.resolve(files.get(name)));
  });
});

/**
 * @param {string} what
 * @param {(name: string) => Promise<Uint8Array>} file
 */
async function assertValid(what, file) {
  const report = await validateBytes(await file('material.gltf'), {
    uri: 'material.gltf',
    externalResourceFunction: file,
  });
  assert.deepEqual(report.issues.messages, [], what);
  assert.ok(
    report.info.resources.length >= 4,
    `${what} has ${report.info.resources.length} resources`,
  );
}

async function bytes(path, init = {}) {
  const answer = await fetch(new URL(path, server), init);
  assert.ok(answer.ok, `${path} is answered ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function json(path, init = {}) {
  return JSON.parse(new TextDecoder().decode(await bytes(path, init)));
}

/**
 * The files of a ZIP by its central directory (APPNOTE 4.3.12): stored or deflated.
 *
 * @param {Uint8Array} zip
 */
function unzipped(zip) {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = zip.byteLength - 22;
  assert.equal(view.getUint32(end, true), 0x06054b50, 'the archive ends as a ZIP without comment');
  const files = new Map();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const head = view.getUint32(at + 42, true);
    const from = head + 30 + view.getUint16(head + 26, true) + view.getUint16(head + 28, true);
    const packed = zip.subarray(from, from + view.getUint32(at + 20, true));
    files.set(
      new TextDecoder().decode(zip.subarray(at + 46, at + 46 + name)),
      view.getUint16(at + 10, true) === 0 ? packed : new Uint8Array(inflateRawSync(packed)),
    );
    at += 46 + name + extra + comment;
  }
  return files;
}
