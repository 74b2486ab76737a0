import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MockServer } from '../../test/mock-server.mjs';
import { png } from '../../test/png.mjs';
import { TryOnApi, type Guest } from '../client';
import { Scanner } from './scanner';
import { useStore } from './store';

let server: MockServer;
let api: TryOnApi;
let scanner: Scanner;
let page: EventTarget;
/** What the browser waits for before it has read a picture of some width. */
let slow: Map<number, Promise<void>>;

beforeEach(async () => {
  server = new MockServer();
  let remembered: Guest | undefined;
  const tokens = { load: () => remembered, save: (guest?: Guest) => (remembered = guest) };
  api = new TryOnApi({ origin: await server.listen(), tokens });
  page = new EventTarget();
  vi.stubGlobal('window', page);
  slow = new Map();
  vi.stubGlobal('createImageBitmap', async (file: Blob) => {
    const header = new DataView(await file.arrayBuffer());
    const [width, height] = [header.getUint32(16), header.getUint32(20)];
    await slow.get(width);
    return { width, height, close: () => undefined };
  });
  useStore.setState(useStore.getInitialState(), true);
  useStore.setState({ mode: 'fabric', kind: 'fabric' });
  scanner = new Scanner(api, {
    learn: () => undefined,
    removeScan: (id) => api.removeResult(id),
  });
});

afterEach(async () => {
  scanner.forget();
  vi.unstubAllGlobals();
  await server.close();
});

const photo = (width: number) =>
  new Blob([new Uint8Array(png(width, 40, () => [90, 90, 90, 255]))], { type: 'image/png' });
const fabric = () => useStore.getState().fabric;
const keptIds = () => server.shelf.kept.map(({ result }) => String(result.id));
const shownId = () => fabric().material?.key;
const engines = () => server.scans.jobs.map(({ job }) => String(job.engine));
/** Lets the browser take its time over a picture. @returns ends that */
function slowly(width: number): () => void {
  let end: () => void = () => undefined;
  slow.set(width, new Promise((read) => (end = read)));
  return () => end();
}

test('an opened result stays kept when its photo is scanned with other options', async () => {
  await scanner.usePhoto(photo(60));
  const [opened = ''] = keptIds();
  scanner.forget();
  await scanner.open(opened);
  expect(fabric().photo).toMatchObject({ width: 60, height: 40 });
  await scanner.place('whole');
  await scanner.place('find');
  expect(keptIds()).toEqual([shownId(), opened]);
});

test('of two photos the one that was chosen last is shown, whichever is read first', async () => {
  const end = slowly(60);
  const older = scanner.usePhoto(photo(60));
  await scanner.usePhoto(photo(80));
  end();
  await older;
  expect(fabric().photo).toMatchObject({ width: 80 });
  expect(server.scans.uploads.map(({ width }) => width)).toEqual([80]);
});

test('a result that is opened gives way to what was chosen meanwhile', async () => {
  await scanner.usePhoto(photo(60));
  const [opened = ''] = keptIds();
  const opening = scanner.open(opened);
  await scanner.usePhoto(photo(80));
  await opening;
  expect(fabric().photo).toMatchObject({ width: 80 });
  expect(shownId()).toBe(keptIds()[0]);
  expect(keptIds()).toEqual([shownId(), opened]);
});

test('a catalogue item stays on, though a photo that was chosen before is read later', async () => {
  const end = slowly(60);
  const older = scanner.usePhoto(photo(60));
  scanner.wear({ item: 'denim', options: {} });
  end();
  await older;
  expect(fabric().photo).toBeUndefined();
  expect(useStore.getState().look.item).toBe('denim');
  expect(server.scans.uploads).toEqual([]);
});

test('the engine that a photo was brought to scans it, though another was turned to meanwhile', async () => {
  const end = slowly(60);
  const bringing = scanner.usePhoto(photo(60));
  const nails = { item: 'ruby', options: { size: 'long' } };
  useStore.setState({ mode: 'nails', kind: 'mirror', look: nails });
  end();
  await bringing;
  await scanner.rescan();
  expect(engines()).toEqual(['fabric', 'fabric']);
  expect(useStore.getState().look).toBe(nails);
});

test('a photo that could not be sent goes to its engine once the line is back', async () => {
  await scanner.usePhoto(photo(60));
  const trouble = { kind: 'unreachable' } as const;
  useStore.setState({
    mode: 'nails',
    kind: 'mirror',
    fabric: { ...fabric(), scan: { phase: 'failed', trouble } },
  });
  page.dispatchEvent(new Event('online'));
  await vi.waitUntil(() => fabric().scan.phase === 'done');
  expect(engines()).toEqual(['fabric', 'fabric']);
});
