import { create } from 'zustand';
import type { CatalogItem, Engine, QualityName } from '../client';
import type { OptionField, WornLook } from '../looks/option-fields';
import type { ModeKind } from './engine-kind';
import { emptyFabric, type FabricView } from './fabric-view';
import type { Kept } from './kept';
import type { Trouble } from './trouble';

/** Where the way to the server stands, in the person's terms. */
export type Connection =
  | { readonly phase: 'idle' | 'connecting' | 'live' | 'reconnecting' | 'offline' }
  /** `retryAt` is milliseconds since 1970. */
  | { readonly phase: 'busy'; readonly retryAt: number }
  | { readonly phase: 'failed'; readonly reason: string };

export type CameraPhase = 'off' | 'asking' | 'live' | 'refused' | 'none' | 'busy' | 'insecure';

export interface CameraView {
  readonly phase: CameraPhase;
  readonly facing: 'user' | 'environment';
  readonly hasOther: boolean;
}

/** What the server says of the pictures. */
export interface Hint {
  readonly code: string;
  readonly suggestion: string | undefined;
}

/** How the mirror moves: as the person chose, or slower because many use the server; that is said for a while. */
export type Pace = 'full' | 'slowed' | 'slow';

/** What is known of the pictures on the server. */
export interface AlbumView {
  readonly phase: 'loading' | 'ready' | 'failed';
  /** Where older pictures go on, if there are any. */
  readonly next: string | undefined;
  /** Why it failed. */
  readonly trouble: Trouble | undefined;
  /** Whether the server had room for the last one. */
  readonly room: 'left' | 'none';
}

export type Theme = 'system' | 'light' | 'dark';
/** Whether a picture that the server keeps is saved on the device too. */
export type Copies = 'none' | 'jpeg' | 'png';

export interface State {
  readonly mode: string;
  readonly kind: ModeKind;
  readonly engines: readonly Engine[];
  /** Whether the server has told what it offers. */
  readonly offer: 'loading' | 'known' | 'unreachable';
  readonly catalog: readonly CatalogItem[];
  readonly fields: readonly OptionField[];
  readonly look: WornLook;
  /** What was worn last in each other mode. */
  readonly looks: Readonly<Record<string, WornLook>>;
  readonly connection: Connection;
  readonly source: 'none' | 'camera' | 'photo';
  readonly camera: CameraView;
  readonly hint: Hint | undefined;
  readonly pace: Pace;
  readonly fabric: FabricView;
  readonly side: 'before' | 'after';
  /** The kept pictures, the newest first. */
  readonly results: readonly Kept[];
  readonly album: AlbumView;
  readonly message: string | undefined;
  readonly quality: QualityName;
  readonly theme: Theme;
  readonly copies: Copies;
}

interface Remembered {
  readonly mode: string;
  readonly kind: ModeKind;
  readonly look: WornLook;
  readonly looks: Readonly<Record<string, WornLook>>;
  readonly quality: QualityName;
  readonly theme: Theme;
  readonly copies: Copies;
}

const rememberedKey = 'tryon.page';

export const useStore = create<State>(() => {
  const remembered = recall();
  return {
    mode: remembered.mode ?? 'nails',
    kind: remembered.kind ?? 'mirror',
    engines: [],
    offer: 'loading',
    catalog: [],
    fields: [],
    look: remembered.look ?? { options: {} },
    looks: remembered.looks ?? {},
    connection: { phase: 'idle' },
    source: 'none',
    camera: { phase: 'off', facing: 'user', hasOther: false },
    hint: undefined,
    pace: 'full',
    fabric: emptyFabric,
    side: 'after',
    results: [],
    album: { phase: 'loading', next: undefined, trouble: undefined, room: 'left' },
    message: undefined,
    quality: remembered.quality ?? 'balanced',
    theme: remembered.theme ?? 'system',
    copies: remembered.copies ?? 'none',
  };
});

useStore.subscribe(({ mode, kind, look, looks, quality, theme, copies }, before) => {
  const changed =
    mode !== before.mode ||
    look !== before.look ||
    quality !== before.quality ||
    theme !== before.theme ||
    copies !== before.copies;
  if (changed) {
    remember({ mode, kind, look, looks, quality, theme, copies });
  }
});

function recall(): Partial<Remembered> {
  try {
    return JSON.parse(localStorage.getItem(rememberedKey) ?? '{}') as Partial<Remembered>;
  } catch {
    return {};
  }
}

function remember(state: Remembered): void {
  try {
    localStorage.setItem(rememberedKey, JSON.stringify(state));
  } catch {
    // Private windows may refuse storage; then nothing is remembered.
  }
}
