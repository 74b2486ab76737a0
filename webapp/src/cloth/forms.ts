import { Mesh, MeshStandardMaterial } from 'three';
import { ballUnderBall, ballUnderCloth } from './shapes';
import type { Shape } from './views';

/** What is seen through the holes of a cloth: dark wood under light threads. */
export class Forms {
  readonly #material = new MeshStandardMaterial({ color: 0x3d332c, roughness: 0.75 });
  readonly #under: Readonly<Partial<Record<Shape, Mesh>>> = {
    cloth: new Mesh(ballUnderCloth(), this.#material),
    sphere: new Mesh(ballUnderBall(), this.#material),
  };

  constructor() {
    this.show(undefined);
  }

  get meshes(): readonly Mesh[] {
    return Object.values(this.#under);
  }

  /** Shows what lies under the cloth of a shape, or nothing. */
  show(shape: Shape | undefined): void {
    for (const [under, mesh] of Object.entries(this.#under)) {
      mesh.visible = under === shape;
    }
  }

  dispose(): void {
    this.meshes.forEach(({ geometry }) => geometry.dispose());
    this.#material.dispose();
  }
}
