import {
  BackSide,
  BoxGeometry,
  Color,
  DirectionalLight,
  Mesh,
  MeshBasicMaterial,
  PMREMGenerator,
  Scene,
  type WebGLRenderTarget,
  type WebGLRenderer,
} from 'three';

/** A lamp of the studio: where it hangs, how large it is, how bright against the walls. */
interface Lamp {
  readonly at: readonly [number, number, number];
  readonly size: readonly [number, number, number];
  readonly light: number;
}

/** A large soft box above on the left, a strip on the right that draws edges, a dim fill in front. */
const lamps: readonly Lamp[] = [
  { at: [-3.2, 3.4, 2.2], size: [2.6, 0.1, 2.6], light: 15 },
  { at: [-4.6, 0.8, 1.2], size: [0.1, 2.6, 2.2], light: 5 },
  { at: [4.7, 1.2, 0.4], size: [0.1, 3.6, 0.9], light: 9 },
  { at: [0.8, 1.5, 4.8], size: [3.2, 1.6, 0.1], light: 2.4 },
  { at: [1.6, 2.4, -4.7], size: [2.8, 1.2, 0.1], light: 5 },
];
const wall = 0.42;
const blur = 0.03;
/** Side of each face of the picture of the room, in pixels: cloth is no mirror. */
const facePixels = 128;

/** What shines on the cloth from all around: a photographer's room, drawn in code. The caller disposes of it. */
export function studioLight(renderer: WebGLRenderer): WebGLRenderTarget {
  const room = new Scene();
  const box = new BoxGeometry();
  const add = (light: number, side?: typeof BackSide) => {
    const color = new Color(light, light, light);
    const mesh = new Mesh(box, new MeshBasicMaterial({ color, ...(side ? { side } : {}) }));
    room.add(mesh);
    return mesh;
  };
  add(wall, BackSide).scale.set(10, 8, 10);
  for (const { at, size, light } of lamps) {
    const lamp = add(light);
    lamp.position.set(...at);
    lamp.scale.set(...size);
  }
  const generator = new PMREMGenerator(renderer);
  const light = generator.fromScene(room, blur, 0.1, 100, { size: facePixels });
  generator.dispose();
  box.dispose();
  room.traverse((each) => {
    if (each instanceof Mesh) {
      (each.material as MeshBasicMaterial).dispose();
    }
  });
  return light;
}

/** The lamp that throws shadows, from where the soft box is. */
export function keyLight(): DirectionalLight {
  const light = new DirectionalLight(0xffffff, 1.5);
  light.position.set(-0.55, 0.95, 0.75);
  light.castShadow = true;
  light.shadow.mapSize.set(1024, 1024);
  light.shadow.radius = 5;
  light.shadow.bias = -0.0006;
  light.shadow.normalBias = 0.004;
  const { camera } = light.shadow;
  [camera.left, camera.right, camera.bottom, camera.top] = [-0.4, 0.4, -0.4, 0.4];
  [camera.near, camera.far] = [0.3, 2.5];
  return light;
}
