import { BufferAttribute, BufferGeometry, PlaneGeometry, SphereGeometry } from 'three';
import { ballRadius, drape, groundLevel, refined } from './drape';

/** Side of the cloth that is draped, in metres. */
export const clothSide = 0.5;
/** Radius of the ball that is covered with cloth, in metres. */
export const sphereRadius = 0.06;
/** How many tiles lie side by side. */
export const tilesAcross = 3;

const drapePoints = 37;
const finerBy = 4;

/** A cloth of half a metre that has fallen over a ball. Texture coordinates are metres on the cloth. */
export function drapedCloth(): BufferGeometry {
  const { points, places } = refined(drape(clothSide, drapePoints), finerBy);
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(places, 3));
  const spacing = clothSide / (points - 1);
  const flat = new Float32Array(2 * points * points);
  const corners: number[] = [];
  for (let row = 0; row < points; row += 1) {
    for (let column = 0; column < points; column += 1) {
      const at = row * points + column;
      flat.set([column * spacing, -row * spacing], 2 * at);
      if (row < points - 1 && column < points - 1) {
        corners.push(at, at + points, at + 1, at + 1, at + points, at + points + 1);
      }
    }
  }
  geometry.setAttribute('uv', new BufferAttribute(flat, 2));
  geometry.setIndex(corners);
  geometry.computeVertexNormals();
  return geometry;
}

/**
 * A ball with cloth drawn over it from the front: away from there lengths stay true (azimuthal equidistant), so that nothing is
 * pinched where one looks. Texture coordinates are metres.
 */
export function coveredBall(): BufferGeometry {
  const geometry = new SphereGeometry(sphereRadius, 128, 96);
  const normals = geometry.getAttribute('normal');
  const flat = geometry.getAttribute('uv');
  for (let at = 0; at < normals.count; at += 1) {
    const [x, y, z] = [normals.getX(at), normals.getY(at), normals.getZ(at)];
    const aside = Math.hypot(x, y);
    const stretch = aside < 1e-6 ? 1 : Math.acos(Math.min(1, Math.max(-1, z))) / aside;
    flat.setXY(at, sphereRadius * stretch * x, sphereRadius * stretch * y);
  }
  return geometry;
}

/** How far below the cloth its form begins, of its size. */
const under = 0.985;

/** What the draped cloth lies on: the part of a ball that is above the ground. */
export function ballUnderCloth(): BufferGeometry {
  const bottom = Math.acos(groundLevel / ballRadius);
  return new SphereGeometry(under * ballRadius, 64, 32, 0, 2 * Math.PI, 0, bottom);
}

export function ballUnderBall(): BufferGeometry {
  return new SphereGeometry(under * sphereRadius, 64, 48);
}

/** Tiles side by side, flat. Texture coordinates are tiles. @param aspect width of one by its height */
export function flatTiles(aspect: number): BufferGeometry {
  const width = Math.min(1, aspect);
  const geometry = new PlaneGeometry(width, width / aspect);
  const flat = geometry.getAttribute('uv');
  for (let at = 0; at < flat.count; at += 1) {
    flat.setXY(at, tilesAcross * flat.getX(at), tilesAcross * flat.getY(at));
  }
  return geometry;
}
