import type { CatalogItem, Result } from '../client';

/** The maps that are shown of a material. */
export const mapNames = ['basecolor', 'normal', 'roughness', 'ao', 'opacity'] as const;
export type MapName = (typeof mapNames)[number];

/** Maps that tile, where they are, and how they are to be drawn. */
export interface Material {
  /** Materials of one key have the same maps. */
  readonly key: string;
  readonly origin:
    | { readonly kind: 'item'; readonly archive: string }
    | { readonly kind: 'scan'; readonly result: string };
  /** Addresses below the server's origin; those of a scan are opened by its owner's token alone. */
  readonly maps: Readonly<Partial<Record<MapName, string>>> & { readonly basecolor: string };
  /** 0..1 */
  readonly metalness: number;
  readonly sheen: { readonly color: string; readonly roughness: number } | undefined;
  /** What one tile shows of the cloth, in millimetres, where that is known. */
  readonly tile: { readonly width: number; readonly height: number } | undefined;
  /** Kind of cloth, by the server's word. */
  readonly cloth: string;
}

/** A catalogue item's material. @param size side of the maps that is wished for; the nearest there is is taken */
export function materialOfItem(item: CatalogItem, size: number): Material | undefined {
  const { material } = item;
  if (!material) {
    return undefined;
  }
  const [nearest = size] = [...material.sizes].sort(
    (one, other) => Math.abs(one - size) - Math.abs(other - size),
  );
  const folder = `${material.address}/${nearest}`;
  const maps = mapsAt((name) => {
    const file = material.maps[name];
    return file === undefined ? undefined : `${folder}/${file}`;
  });
  return (
    maps && {
      key: folder,
      origin: { kind: 'item', archive: `${folder}/archive.zip` },
      maps,
      metalness: material.metalness,
      sheen: sheenOf(material.sheenColor, material.sheenRoughness),
      tile: tileOf(material.widthMillimetres, material.heightMillimetres),
      cloth: material.class,
    }
  );
}

/** What a scan has made. */
export function materialOfScan({ id, files, metadata }: Result): Material | undefined {
  const said = propertiesOf(metadata);
  const maps = mapsAt((name) => files.find((file) => file.name === name)?.url);
  return (
    maps && {
      key: id,
      origin: { kind: 'scan', result: id },
      maps,
      metalness: numberOf(said.metalness) ?? 0,
      sheen: sheenOf(said.sheenColor, said.sheenRoughness),
      tile: tileOf(said.widthMillimetres, said.heightMillimetres),
      cloth: clothOf(metadata) ?? '',
    }
  );
}

/** What a scan says of a cloth, by the server's names. */
export function propertiesOf(metadata: Result['metadata']): Readonly<Record<string, unknown>> {
  const { properties } = metadata;
  return typeof properties === 'object' && properties !== null
    ? (properties as Readonly<Record<string, unknown>>)
    : {};
}

/** The kind of cloth that a scan has seen, if it was one. */
export function clothOf(metadata: Result['metadata']): string | undefined {
  const cloth = propertiesOf(metadata).class;
  return typeof cloth === 'string' ? cloth : undefined;
}

function mapsAt(addressOf: (name: MapName) => string | undefined): Material['maps'] | undefined {
  const basecolor = addressOf('basecolor');
  const others = mapNames.flatMap((name) => {
    const address = addressOf(name);
    return address === undefined ? [] : [[name, address] as const];
  });
  return basecolor === undefined ? undefined : { ...Object.fromEntries(others), basecolor };
}

function sheenOf(color: unknown, roughness: unknown): Material['sheen'] {
  return typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color)
    ? { color, roughness: numberOf(roughness) ?? 0.5 }
    : undefined;
}

function tileOf(width: unknown, height: unknown): Material['tile'] {
  const [across, down] = [numberOf(width), numberOf(height)];
  return across !== undefined && down !== undefined && across > 0 && down > 0
    ? { width: across, height: down }
    : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
