import type { MaterialTuning } from '../client';
import type { Corners } from './corners';
import type { Material } from './material';
import type { ScanFacts } from './scan-words';
import type { Trouble } from './trouble';

/** What the person looks at: the material on one of three things, or the photo with its corners. */
export type FabricSight = FabricShape | 'photo';
/** What the material is shown on. */
export type FabricShape = 'cloth' | 'sphere' | 'tiles';
export const sights: readonly FabricSight[] = ['cloth', 'sphere', 'tiles', 'photo'];

/** How a photo's scan stands. */
export type ScanState =
  | { readonly phase: 'none' | 'sending' }
  /** `progress` is 0..1. */
  | { readonly phase: 'scanning'; readonly progress: number }
  | { readonly phase: 'done'; readonly facts: ScanFacts }
  /** The photo will not do; the server's suggestion, if it had one. */
  | { readonly phase: 'refused'; readonly suggestion: string | undefined }
  | { readonly phase: 'failed'; readonly trouble: Trouble };

/** A photo as it is shown. */
export interface ShownPhoto {
  readonly address: string;
  /** Upright, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** What the fabric mode shows. */
export interface FabricView {
  /** Whether anything was chosen or brought yet. */
  readonly begun: 'no' | 'yes';
  readonly photo: ShownPhoto | undefined;
  readonly corners: Corners | undefined;
  readonly scan: ScanState;
  readonly material: Material | undefined;
  readonly sight: FabricSight;
  /** What the material is shown on, also while the photo is looked at. */
  readonly shape: FabricShape;
  readonly tuning: MaterialTuning;
  /** A colour of a scanned cloth, as `#rrggbb`; a catalogue item has its own. */
  readonly tint: string | undefined;
}

/** The server's own relief and roughness. */
export const asScanned: MaterialTuning = { relief: 1, roughness: 1 };

export const emptyFabric: FabricView = {
  begun: 'no',
  photo: undefined,
  corners: undefined,
  scan: { phase: 'none' },
  material: undefined,
  sight: 'cloth',
  shape: 'cloth',
  tuning: asScanned,
  tint: undefined,
};
