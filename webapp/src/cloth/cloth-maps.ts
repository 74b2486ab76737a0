import {
  Color,
  DoubleSide,
  LinearFilter,
  LinearMipmapLinearFilter,
  MeshPhysicalMaterial,
  NoColorSpace,
  RepeatWrapping,
  SRGBColorSpace,
  TextureLoader,
  type Texture,
} from 'three';

/** Maps that tile, by their addresses, and how they are to be drawn. */
export interface ClothLook {
  readonly maps: {
    readonly basecolor: string;
    /** OpenGL: green is up. */
    readonly normal?: string;
    readonly roughness?: string;
    readonly ao?: string;
    readonly opacity?: string;
  };
  /** What one tile shows of the cloth, in metres. */
  readonly tile: { readonly width: number; readonly height: number };
  readonly metalness: number;
  readonly sheen: { readonly color: string; readonly roughness: number } | undefined;
}

/** Maps as the graphics device has them. */
export type ClothTextures = {
  readonly [Name in keyof ClothLook['maps']]: Texture;
};

const mostAnisotropy = 8;

/** Loads all maps of a look. @param anisotropy what the device can @throws if one cannot be read */
export async function loadMaps(
  maps: ClothLook['maps'],
  anisotropy: number,
): Promise<ClothTextures> {
  const loader = new TextureLoader();
  const loading = Object.entries(maps).map(async ([name, address]) => {
    const texture = await loader.loadAsync(address);
    texture.wrapS = RepeatWrapping;
    texture.wrapT = RepeatWrapping;
    texture.minFilter = LinearMipmapLinearFilter;
    texture.magFilter = LinearFilter;
    texture.anisotropy = Math.min(mostAnisotropy, anisotropy);
    texture.colorSpace = name === 'basecolor' ? SRGBColorSpace : NoColorSpace;
    return [name, texture] as const;
  });
  return Object.fromEntries(await Promise.all(loading)) as unknown as ClothTextures;
}

/** Lays maps on a material, so many tiles to each unit of the texture coordinates. */
export function repeat(textures: ClothTextures, across: number, down: number): void {
  Object.values(textures).forEach((texture) => texture.repeat.set(across, down));
}

export function freeMaps(textures: ClothTextures): void {
  Object.values(textures).forEach((texture) => texture.dispose());
}

/** A material of these maps. */
export function materialOf(look: ClothLook, textures: ClothTextures): MeshPhysicalMaterial {
  const { basecolor, normal, roughness, ao, opacity } = textures;
  const { sheen } = look;
  return new MeshPhysicalMaterial({
    map: basecolor,
    normalMap: normal ?? null,
    roughnessMap: roughness ?? null,
    aoMap: ao ?? null,
    alphaMap: opacity ?? null,
    transparent: opacity !== undefined,
    // Holes are seen through, whatever lies in front of what.
    alphaTest: opacity ? 0.04 : 0,
    metalness: look.metalness,
    side: DoubleSide,
    specularIntensity: 0.7,
    ...(sheen
      ? { sheen: 1, sheenColor: new Color(sheen.color), sheenRoughness: sheen.roughness }
      : {}),
  });
}
