import {
  Mesh,
  MeshPhysicalMaterial,
  NeutralToneMapping,
  PerspectiveCamera,
  PlaneGeometry,
  Scene,
  ShadowMaterial,
  WebGLRenderer,
  type BufferGeometry,
  type WebGLRenderTarget,
} from 'three';
import {
  freeMaps,
  loadMaps,
  materialOf,
  repeat,
  type ClothLook,
  type ClothTextures,
} from './cloth-maps';
import { Forms } from './forms';
import { coveredBall, drapedCloth, flatTiles } from './shapes';
import { keyLight, studioLight } from './studio';
import { Turntable, type Steering } from './turntable';
import { views, type Shape } from './views';

/** Factors on what the maps say. */
export interface Tuning {
  readonly relief: number;
  readonly roughness: number;
}

/** Draws a material on a draped cloth, a ball or as flat tiles. Pictures are drawn when something has changed, and never else. */
export class ClothStage {
  readonly #renderer: WebGLRenderer;
  readonly #camera = new PerspectiveCamera();
  readonly #scene = new Scene();
  readonly #light: WebGLRenderTarget;
  readonly #key = keyLight();
  readonly #ground = new Mesh(new PlaneGeometry(4, 4), new ShadowMaterial({ opacity: 0.2 }));
  readonly #table: Turntable;
  readonly #shapes = new Map<Shape, BufferGeometry>();
  readonly #forms = new Forms();
  readonly #mesh = new Mesh<BufferGeometry, MeshPhysicalMaterial>(
    undefined,
    new MeshPhysicalMaterial(),
  );
  #shape: Shape = 'cloth';
  #look: ClothLook | undefined;
  #textures: ClothTextures | undefined;
  #tuning: Tuning = { relief: 1, roughness: 1 };
  #run = 0;
  #due: number | undefined;
  #disposed = false;

  /** @throws if the browser cannot draw in three dimensions */
  constructor(canvas: HTMLCanvasElement) {
    this.#renderer = new WebGLRenderer({ canvas, alpha: true, antialias: true });
    this.#renderer.toneMapping = NeutralToneMapping;
    this.#renderer.shadowMap.enabled = true;
    this.#renderer.shadowMap.autoUpdate = false;
    this.#light = studioLight(this.#renderer);
    this.#scene.environment = this.#light.texture;
    this.#scene.add(this.#key, this.#mesh, this.#ground, ...this.#forms.meshes);
    this.#ground.rotation.x = -Math.PI / 2;
    this.#ground.receiveShadow = true;
    this.#mesh.castShadow = true;
    this.#mesh.receiveShadow = true;
    this.#mesh.visible = false;
    this.#table = new Turntable(this.#camera, canvas, () => this.#invalidate());
    canvas.addEventListener('webglcontextrestored', () => this.#invalidate());
    this.turn('cloth');
  }

  /** Puts on a material; what was on stays until its maps are there. @returns whether no other was put on meanwhile */
  async dress(look: ClothLook): Promise<boolean> {
    const run = ++this.#run;
    const textures = await loadMaps(look.maps, this.#renderer.capabilities.getMaxAnisotropy());
    if (run !== this.#run || this.#disposed) {
      freeMaps(textures);
      return false;
    }
    const worn = this.#textures;
    this.#mesh.material.dispose();
    this.#mesh.material = materialOf(look, textures);
    this.#look = look;
    this.#textures = textures;
    if (worn) {
      freeMaps(worn);
    }
    this.tune(this.#tuning);
    this.turn(this.#shape);
    // Textures are read now: the picture is there when the caller says so.
    this.#draw();
    return true;
  }

  /** Shows it on another shape. */
  turn(shape: Shape): void {
    const view = views[shape];
    if (shape !== this.#shape || !this.#mesh.visible) {
      this.#table.show(view);
    }
    this.#shape = shape;
    this.#ground.visible = view.ground !== undefined;
    this.#ground.position.y = view.ground ?? 0;
    if (this.#look && this.#textures) {
      const { width, height } = this.#look.tile;
      const inTiles = shape === 'tiles';
      repeat(this.#textures, inTiles ? 1 : 1 / width, inTiles ? 1 : 1 / height);
      this.#mesh.geometry = this.#geometry(shape, width / height);
      this.#mesh.visible = true;
      this.#forms.show(this.#textures.opacity ? shape : undefined);
    }
    this.#renderer.shadowMap.needsUpdate = true;
    this.#invalidate();
  }

  tune(tuning: Tuning): void {
    this.#tuning = tuning;
    this.#mesh.material.normalScale.setScalar(tuning.relief);
    this.#mesh.material.roughness = tuning.roughness;
    this.#invalidate();
  }

  /** @param ratio device pixels to one of the page's */
  resize(width: number, height: number, ratio: number): void {
    this.#renderer.setPixelRatio(ratio);
    this.#renderer.setSize(width, height, false);
    this.#table.fit(width / height);
    // A canvas of another size is empty: it is drawn before anybody sees it.
    this.#draw();
  }

  steer(steering: Steering): void {
    this.#table.steer(steering);
  }

  /** Lets go of all that it drew with; the canvas is no good for another stage afterwards. */
  dispose(): void {
    this.#disposed = true;
    if (this.#due !== undefined) {
      cancelAnimationFrame(this.#due);
    }
    this.#table.dispose();
    this.#shapes.forEach((geometry) => geometry.dispose());
    this.#mesh.material.dispose();
    if (this.#textures) {
      freeMaps(this.#textures);
    }
    this.#light.dispose();
    this.#forms.dispose();
    this.#ground.geometry.dispose();
    this.#ground.material.dispose();
    this.#key.dispose();
    this.#renderer.dispose();
    // Browsers allow few at a time, and collect them late.
    this.#renderer.forceContextLoss();
  }

  #geometry(shape: Shape, aspect: number): BufferGeometry {
    if (shape === 'tiles') {
      this.#shapes.get('tiles')?.dispose();
      const tiles = flatTiles(aspect);
      this.#shapes.set('tiles', tiles);
      return tiles;
    }
    const made = this.#shapes.get(shape) ?? (shape === 'cloth' ? drapedCloth() : coveredBall());
    this.#shapes.set(shape, made);
    return made;
  }

  #invalidate(): void {
    this.#due ??= requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    if (this.#due !== undefined) {
      cancelAnimationFrame(this.#due);
      this.#due = undefined;
    }
    this.#renderer.render(this.#scene, this.#camera);
  }
}
