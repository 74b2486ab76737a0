import { MathUtils, Spherical, Vector3, type PerspectiveCamera } from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { View } from './views';

/** A push by keyboard: angles in radians; `nearer` above 1 goes nearer, below 1 away. */
export interface Steering {
  readonly around?: number;
  readonly up?: number;
  readonly nearer?: number;
}

const fieldOfView = 24;
/** How much nearer and farther than at first one may go. */
const nearest = 0.28;
const farthest = 1.5;

/** Turns the camera around a shape: by mouse and touch, which three.js's own controls do, and by keys. */
export class Turntable {
  readonly #camera: PerspectiveCamera;
  readonly #controls: OrbitControls;
  #view: View | undefined;
  #aspect = 1;
  /** How far away the camera is, of the distance from which all is seen. */
  #share = 1;

  /** @param moved is told whenever the camera has moved */
  constructor(camera: PerspectiveCamera, canvas: HTMLCanvasElement, moved: () => void) {
    this.#camera = camera;
    camera.fov = fieldOfView;
    camera.near = 0.01;
    camera.far = 20;
    this.#controls = new OrbitControls(camera, canvas);
    this.#controls.enablePan = false;
    this.#controls.rotateSpeed = 0.7;
    this.#controls.addEventListener('change', moved);
  }

  /** Looks at another shape, from where it is looked at first. */
  show(view: View): void {
    this.#view = view;
    this.#share = 1;
    const [around, up] = view.from;
    this.#place(new Spherical(1, Math.PI / 2 - up, around));
  }

  /** The picture has another shape. @param aspect its width by its height */
  fit(aspect: number): void {
    const whole = this.#whole();
    this.#share = this.#camera.position.distanceTo(this.#controls.target) / whole || 1;
    this.#aspect = aspect;
    this.#camera.aspect = aspect;
    this.#camera.updateProjectionMatrix();
    this.#place(this.#where());
  }

  steer({ around = 0, up = 0, nearer = 1 }: Steering): void {
    if (!this.#view) {
      return;
    }
    const where = this.#where();
    const [left, right] = this.#view.around;
    const [low, high] = this.#view.up;
    where.theta = MathUtils.clamp(where.theta + around, left, right);
    where.phi = MathUtils.clamp(where.phi - up, Math.PI / 2 - high, Math.PI / 2 - low);
    const share = where.radius / this.#whole() / nearer;
    this.#share = MathUtils.clamp(share, nearest, farthest);
    this.#place(where);
  }

  dispose(): void {
    this.#controls.dispose();
  }

  #where(): Spherical {
    const offset = this.#camera.position.clone().sub(this.#controls.target);
    return new Spherical().setFromVector3(offset);
  }

  #place(where: Spherical): void {
    if (!this.#view) {
      return;
    }
    const whole = this.#whole();
    const { around, up, middle } = this.#view;
    const controls = this.#controls;
    controls.target.set(0, middle, 0);
    [controls.minAzimuthAngle, controls.maxAzimuthAngle] = around;
    controls.minPolarAngle = Math.PI / 2 - up[1];
    controls.maxPolarAngle = Math.PI / 2 - up[0];
    controls.minDistance = nearest * whole;
    controls.maxDistance = farthest * whole;
    where.radius = this.#share * whole;
    this.#camera.position.copy(new Vector3().setFromSpherical(where)).add(controls.target);
    controls.update();
  }

  /** The distance from which the whole shape is seen. */
  #whole(): number {
    const [across, high] = this.#view?.reach ?? [1, 1];
    const half = Math.tan(MathUtils.degToRad(fieldOfView / 2));
    return Math.max(high, across / this.#aspect) / half;
  }
}
