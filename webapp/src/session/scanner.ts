import { ApiError, type MaterialTuning, type Result, type TryOnApi } from '../client';
import type { OptionValues, WornLook } from '../looks/option-fields';
import { download } from '../mirror/keepsake';
import { readClothPhoto } from './cloth-photo';
import { cornersIn, firstCorners, optionsOf, placeOptions, withCorner, type Spot } from './corners';
import { emptyFabric, type FabricSight, type FabricView } from './fabric-view';
import { materialOfItem, materialOfScan, propertiesOf } from './material';
import { PhotoScans, type Made, type ScanShelf, type ScansApi } from './photo-scans';
import { revokeLater } from './revoke-later';
import { factsOf, isAboutThePhoto } from './scan-words';
import { useStore } from './store';
import { tintOf } from './tint';
import { troubleOf } from './trouble';

export type ScannerApi = ScansApi & Pick<TryOnApi, 'uploadOf' | 'file' | 'materialArchive'>;

/** How long options may still change before a photo is scanned anew. */
const settledMillis = 400;
const usualSize = 1_024;

/** Turns photos of cloth into materials, and shows them or the catalogue's. Controls call it; it tells the store. */
export class Scanner {
  readonly #api: ScannerApi;
  readonly #shelf: ScanShelf;
  #scans: PhotoScans | undefined;
  /** The engine that scans: another may be turned to meanwhile. */
  #engine = '';
  /** Where the cloth is on the photo, in the engine's options. */
  #place: OptionValues = {};
  #look: WornLook = { options: {} };
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts what was turned to: of two that take long, the later one is shown. */
  #turns = 0;

  constructor(api: ScannerApi, shelf: ScanShelf) {
    this.#api = api;
    this.#shelf = shelf;
    useStore.subscribe(({ catalog }, before) => {
      if (catalog !== before.catalog) {
        this.#enter();
      }
    });
    window.addEventListener('online', () => {
      const { scan } = useStore.getState().fabric;
      if (scan.phase === 'failed' && scan.trouble.kind === 'unreachable') {
        void this.rescan();
      }
    });
  }

  /** Scans a photo; what was scanned before stays kept. @throws if the file is no picture that the browser can read */
  async usePhoto(file: Blob): Promise<void> {
    const isNewest = this.#turnTo();
    const { mode, look } = useStore.getState();
    const photo = await readClothPhoto(file);
    if (!isNewest()) {
      return;
    }
    this.#leave();
    this.#engine = mode;
    this.#scans = new PhotoScans(this.#api, this.#shelf, { kind: 'file', file: photo.file });
    const address = URL.createObjectURL(photo.file);
    // What another cloth is and how wide it lies says nothing of this one.
    const { size } = look.options;
    this.#wear({ options: size === undefined ? {} : { size } });
    const { width, height } = photo;
    this.#show({ photo: { address, width, height }, sight: 'photo' });
    await this.rescan();
  }

  /** Moves one corner without scanning yet. @param at 0 is the top left, the others follow clockwise */
  moveCorner(at: number, to: Spot): void {
    const { corners } = useStore.getState().fabric;
    if (corners) {
      this.#show({ corners: withCorner(corners, at, to) });
    }
  }

  /** Scans anew: what lies between the corners as they are now, where the cloth's edges are, or the whole photo. */
  async place(where: 'corners' | 'find' | 'whole'): Promise<void> {
    const { corners } = useStore.getState().fabric;
    this.#place = where === 'corners' && corners ? optionsOf(corners) : { swatch: where };
    await this.rescan();
  }

  /** Shows a catalogue item, or scans the photo with other options. */
  wear(look: WornLook): void {
    if (look.item !== undefined) {
      if (look.item !== useStore.getState().look.item || this.#scans) {
        this.#turnTo();
        this.#leave();
      }
      this.#wear(look);
      this.#showItem(look);
    } else {
      this.#wear(look);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.rescan(), settledMillis);
    }
  }

  tune(tuning: MaterialTuning): void {
    this.#show({ tuning });
  }

  turn(sight: FabricSight): void {
    this.#show({ sight, ...(sight === 'photo' ? {} : { shape: sight }) });
  }

  /** Scans the photo again as it was asked for last. */
  async rescan(): Promise<void> {
    clearTimeout(this.#timer);
    const scans = this.#scans;
    if (!scans) {
      return;
    }
    const options = { ...this.#look.options, ...this.#place };
    const isShown = () => scans === this.#scans;
    try {
      const made = await scans.scan(
        this.#engine,
        options,
        (scan) => isShown() && this.#show({ scan }),
      );
      if (made && isShown()) {
        this.#showMade(made);
      }
    } catch (error) {
      if (isShown()) {
        this.#failed(error);
      }
    }
  }

  /** Shows a kept scan, with its photo while the server still has that. @throws ApiError if it cannot be had */
  async open(id: string): Promise<void> {
    const isNewest = this.#turnTo();
    const result = await this.#api.result(id);
    if (!isNewest()) {
      return;
    }
    this.#leave();
    this.#engine = result.engine;
    const options = Object.entries(result.look.options ?? {});
    this.#place = Object.fromEntries(options.filter(([name]) => placeOptions.has(name)));
    const chosen = options.filter(([name]) => !placeOptions.has(name));
    this.#wear({ options: Object.fromEntries(chosen) });
    this.#showResult(result);
    await this.#bringPhoto(result, isNewest).catch(troubleOf);
  }

  /** Lets the browser save the material's ZIP, tuned as it is shown. @throws ApiError if it cannot be had */
  async export(): Promise<void> {
    const { material, tuning } = useStore.getState().fabric;
    if (material?.origin.kind === 'item') {
      download(material.origin.archive, `${this.#look.item ?? material.cloth}.zip`);
    } else if (material) {
      const archive = await this.#api.materialArchive(material.origin.result, tuning);
      const address = URL.createObjectURL(archive);
      download(address, `${material.cloth}-${new Date().toISOString().slice(0, 10)}.zip`);
      revokeLater(address);
    }
  }

  /** Everything was erased: begins anew. */
  forget(): void {
    this.#turnTo();
    this.#leave();
    useStore.setState({ fabric: emptyFabric });
    this.#enter();
  }

  #enter(): void {
    const { kind, catalog, look, fabric } = useStore.getState();
    if (kind !== 'fabric') {
      return;
    }
    if (fabric.photo || fabric.material?.origin.kind === 'scan') {
      useStore.setState({ look: this.#look });
    } else if (catalog.length > 0) {
      this.#showItem(look);
    }
  }

  #showItem(look: WornLook): void {
    this.#look = look;
    const { catalog, fabric } = useStore.getState();
    const item = catalog.find(({ id }) => id === look.item);
    const size = Number(look.options.size ?? usualSize);
    this.#show({ material: item && materialOfItem(item, size), sight: fabric.shape });
  }

  /** Something else is to be shown. @returns whether it still is */
  #turnTo(): () => boolean {
    const turn = ++this.#turns;
    return () => turn === this.#turns;
  }

  /** Lets go of the photo; its scan stays kept. */
  #leave(): void {
    clearTimeout(this.#timer);
    this.#scans?.close();
    this.#scans = undefined;
    this.#place = {};
    const { photo, shape } = useStore.getState().fabric;
    if (photo) {
      revokeLater(photo.address);
    }
    useStore.setState({ fabric: { ...emptyFabric, begun: 'yes', sight: shape, shape } });
  }

  #showMade({ result, upload, again }: Made): void {
    const { sight, shape } = useStore.getState().fabric;
    this.#showResult(result);
    const corners = cornersIn(cornersSaid(result), upload.width, upload.height);
    // The first result is what the person came for; afterwards they stay where they are.
    this.#show({ ...(corners ? { corners } : {}), sight: again ? sight : shape });
  }

  #showResult(result: Result): void {
    const material = materialOfScan(result);
    this.#show({ scan: { phase: 'done', facts: factsOf(result) }, material });
    const thumbnail = result.files.find(({ name }) => name === 'thumbnail');
    if (thumbnail) {
      const isShown = () => useStore.getState().fabric.material === material;
      this.#api
        .file(thumbnail.url)
        .then(tintOf)
        .then(
          (tint) => isShown() && this.#show({ tint }),
          // Then the page keeps the colour it has.
          () => undefined,
        );
    }
  }

  async #bringPhoto(result: Result, isNewest: () => boolean): Promise<void> {
    const job = await this.#api.job(result.jobId ?? '');
    const upload = await this.#api.uploadOf(job.inputs.fabric ?? '');
    const file = await this.#api.file(upload.url);
    if (isNewest()) {
      this.#scans = new PhotoScans(this.#api, this.#shelf, { kind: 'upload', upload });
      const { width, height } = upload;
      const photo = { address: URL.createObjectURL(file), width, height };
      this.#show({ photo, corners: cornersIn(cornersSaid(result), width, height) });
    }
  }

  #failed(error: unknown): void {
    if (error instanceof ApiError && isAboutThePhoto({ ...error.problem, status: error.status })) {
      const { suggestion, detail } = error.problem;
      const { corners } = useStore.getState().fabric;
      this.#show({
        scan: { phase: 'refused', suggestion: suggestion ?? detail },
        // Where the server finds no cloth, the person can say where it is.
        corners: corners ?? firstCorners,
      });
    } else {
      this.#show({ scan: { phase: 'failed', trouble: troubleOf(error) } });
    }
  }

  #wear(look: WornLook): void {
    this.#look = look;
    // Another mode has its own; it is put on again with the photo.
    if (useStore.getState().kind === 'fabric') {
      useStore.setState({ look });
    }
  }

  #show(change: Partial<FabricView>): void {
    useStore.setState(({ fabric }) => ({ fabric: { ...fabric, ...change } }));
  }
}

function cornersSaid({ metadata }: Result): unknown {
  return propertiesOf(metadata).corners;
}
