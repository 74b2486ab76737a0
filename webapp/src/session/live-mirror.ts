import type {
  QualityAdvice,
  QualityName,
  ServerBinary,
  ServerError,
  TryOnApi,
  TryOnConnection,
} from '../client';
import { toWire, type WornLook } from '../looks/option-fields';
import {
  CameraError,
  cameraIsAllowed,
  openCamera,
  type Camera,
  type CameraProblem,
  type Facing,
} from '../mirror/camera';
import { Display } from '../mirror/display';
import { FrameLoop } from '../mirror/frame-loop';
import { readPhoto } from '../mirror/photo';
import { presets } from '../mirror/presets';
import { WakeLock } from '../mirror/wake-lock';
import { readsTranslucentWebp } from '../mirror/webp';
import { HintKeeper, isAboutThePicture } from './hint-keeper';
import type { Album } from './album';
import { keepPicture, type Keeping } from './keep-picture';
import { learnOffer, turnTo } from './offer';
import { PaceTeller } from './pace-teller';
import { SessionKeeper } from './session-keeper';
import { useStore } from './store';

/** The live mirror: a camera or a photo, worn through a session, drawn on a canvas. Controls call it; it tells the store. */
export class LiveMirror {
  readonly #api: TryOnApi;
  readonly #album: Album;
  readonly #sessions: SessionKeeper;
  readonly #wakeLock = new WakeLock();
  readonly #hints = new HintKeeper(
    (hint) => useStore.setState({ hint }),
    () => performance.now(),
  );
  readonly #pace = new PaceTeller((pace) => useStore.setState({ pace }));
  #loop: FrameLoop | undefined;
  #camera: Camera | undefined;
  #photo: ImageBitmap | undefined;
  #facing: Facing = 'user';
  /** While the mirror rests: what it goes on with. */
  #goesOn: 'camera' | 'photo' | 'nothing' | undefined;

  /** @param album is given what is kept */
  constructor(api: TryOnApi, album: Album) {
    this.#api = api;
    this.#album = album;
    this.#sessions = new SessionKeeper(api, (connection) => this.#listen(connection));
    useStore.subscribe(({ connection }, before) => {
      if (connection.phase !== before.connection.phase) {
        this.#followConnection();
      }
    });
  }

  get loop(): FrameLoop | undefined {
    return this.#loop;
  }

  /** Draws on these canvases from here on. */
  attach(canvas: HTMLCanvasElement, veil: HTMLCanvasElement): void {
    const sink = {
      send: this.#sessions.send.bind(this.#sessions),
      bufferedBytes: () => this.#sessions.bufferedBytes,
    };
    const preset = presets[useStore.getState().quality];
    this.#loop ??= new FrameLoop(new Display(canvas, veil), sink, preset);
  }

  /** Learns what the server offers, and goes on with the camera where that was allowed before. */
  async begin(): Promise<void> {
    await learnOffer(this.#api);
    const { source, kind } = useStore.getState();
    if (source === 'none' && kind === 'mirror' && (await cameraIsAllowed())) {
      await this.useCamera();
    }
  }

  /** Turns to another engine; where that is no mirror, camera and session rest meanwhile. @throws ApiError */
  async choose(mode: string): Promise<void> {
    await turnTo(this.#api, mode);
    if (useStore.getState().kind === 'mirror') {
      await this.#wake();
    } else {
      this.#rest();
    }
  }

  async useCamera(facing: Facing = this.#facing): Promise<void> {
    const { camera, quality } = useStore.getState();
    this.#facing = facing;
    this.#camera?.close();
    useStore.setState({ camera: { ...camera, phase: 'asking' } });
    try {
      const opened = await openCamera(presets[quality], facing, () => this.#cameraEnded('busy'));
      if (this.#goesOn) {
        // The person turned away while the browser asked.
        opened.close();
        this.#goesOn = 'camera';
        return;
      }
      this.#camera = opened;
      this.#photo?.close();
      this.#photo = undefined;
      const view = { phase: 'live' as const, facing: opened.facing, hasOther: opened.hasOther };
      const another = useStore.getState().source !== 'camera';
      useStore.setState({ source: 'camera', camera: view, hint: undefined });
      this.#loop?.watch({ kind: 'camera', video: opened.video });
      this.#wakeLock.hold();
      if (another) {
        void this.#startSession();
      }
    } catch (error) {
      if (!(error instanceof CameraError)) {
        throw error;
      }
      this.#cameraEnded(error.problem);
    }
  }

  async flipCamera(): Promise<void> {
    const { camera } = useStore.getState();
    await this.useCamera(camera.facing === 'user' ? 'environment' : 'user');
  }

  /** @throws if the file is no picture that the browser can read */
  async usePhoto(file: Blob): Promise<void> {
    const photo = await readPhoto(file);
    this.#closeCamera();
    this.#photo?.close();
    this.#photo = photo;
    const { camera } = useStore.getState();
    useStore.setState({ source: 'photo', hint: undefined, camera: { ...camera, phase: 'off' } });
    this.#hints.clear();
    this.#loop?.watch({ kind: 'photo', picture: photo });
    void this.#startSession();
  }

  wear(look: WornLook): void {
    useStore.setState({ look });
    if (this.#sessions.wear(toWire(look))) {
      this.#loop?.lookChanged();
    }
  }

  setQuality(quality: QualityName): void {
    useStore.setState({ quality });
    this.#loop?.setPreset(presets[quality]);
    this.#sessions.quality(quality);
    if (this.#camera) {
      void this.useCamera();
    }
  }

  turn(side: 'before' | 'after'): void {
    this.#loop?.turn(side);
    useStore.setState({ side });
  }

  /** Keeps what is on show. @returns where; undefined if nothing was kept */
  async keep(): Promise<Keeping | undefined> {
    return this.#loop && keepPicture(this.#loop.canvas, this.#sessions, this.#album);
  }

  /** Does something while no session runs; the scene goes on in a new one. */
  async withoutSession<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    const goesOn = this.#sessions.isRunning;
    try {
      await this.#sessions.stopped();
      return await act();
    } finally {
      if (goesOn) {
        void this.#startSession();
      }
    }
  }

  retryNow(): void {
    this.#sessions.retryNow();
  }

  /** Lets go of camera and session, until the mirror is looked into again. */
  #rest(): void {
    this.#goesOn ??= this.#camera ? 'camera' : this.#photo ? 'photo' : 'nothing';
    this.#closeCamera();
    const { camera, source } = useStore.getState();
    const left = source === 'camera' ? 'none' : source;
    useStore.setState({ camera: { ...camera, phase: 'off' }, source: left });
    this.#sessions.stop();
  }

  /** Goes on with what the mirror showed before it rested; where it did not rest, in a new session. */
  async #wake(): Promise<void> {
    const goesOn = this.#goesOn;
    this.#goesOn = undefined;
    if (goesOn === 'camera') {
      await this.useCamera();
    } else if (goesOn === 'photo' || this.#sessions.isRunning) {
      void this.#startSession();
    }
  }

  /** Each scene has a session of its own: what an engine follows from frame to frame must not leak into another. */
  async #startSession(): Promise<void> {
    const output = (await readsTranslucentWebp()) ? 'overlay' : 'frame';
    const { mode: engine, look, quality } = useStore.getState();
    this.#sessions.start({ engine, look: toWire(look), quality, output });
  }

  #listen(connection: TryOnConnection): void {
    connection.on('ready', (ready) => {
      this.#loop?.limit(ready.maxInFlight ?? 2);
      this.#follow(ready);
    });
    connection.on('quality', (advice) => this.#follow(advice));
    connection.on('answer', (answer) => this.#answered(answer));
    connection.on('skipped', ({ sequence, reason }) => {
      this.#loop?.unanswered(sequence, 'drop');
      this.#repeatPhoto(reason === 'overloaded' ? 1_000 : 150);
    });
    connection.on('error', (error) => this.#complained(error));
  }

  /** Sends as often and as large as the server asks. */
  #follow({ targetFps, maxResolution }: Pick<QualityAdvice, 'targetFps' | 'maxResolution'>): void {
    if (targetFps !== undefined) {
      this.#loop?.pace(targetFps);
      this.#pace.advised(targetFps, presets[useStore.getState().quality].framesPerSecond);
    }
    if (maxResolution) {
      this.#loop?.bound(maxResolution);
    }
  }

  #answered(answer: ServerBinary): void {
    this.#hints.clear();
    const pictures =
      answer.type === 'overlay'
        ? answer.patches
        : [{ ...answer, x: 0, y: 0, width: answer.width ?? 0, height: answer.height ?? 0 }];
    void this.#loop?.answer(answer.sequence, pictures);
  }

  #complained({ code, suggestion, message, sequence, retryAfterMs }: ServerError): void {
    const visible = isAboutThePicture(code);
    if (sequence !== undefined) {
      this.#loop?.unanswered(sequence, visible ? 'show' : 'drop');
    }
    if (visible) {
      const patience = this.#photo ? 'none' : 'some';
      this.#hints.complain({ code, suggestion }, patience);
    } else if (sequence === undefined) {
      useStore.setState({ message: suggestion ?? message });
    } else if (retryAfterMs !== undefined) {
      this.#loop?.rest(retryAfterMs);
      this.#repeatPhoto(retryAfterMs);
    }
  }

  #repeatPhoto(afterMillis: number): void {
    if (this.#photo) {
      setTimeout(() => this.#loop?.repeatPhoto(), afterMillis);
    }
  }

  #followConnection(): void {
    const { phase } = useStore.getState().connection;
    const lost = phase === 'reconnecting' || phase === 'offline';
    this.#loop?.setMode(phase === 'live' ? 'live' : lost ? 'frozen' : 'preview');
    if (phase !== 'live') {
      this.#hints.clear();
      this.#pace.clear();
    }
  }

  #cameraEnded(problem: CameraProblem): void {
    this.#closeCamera();
    const { camera, source } = useStore.getState();
    useStore.setState({
      camera: { ...camera, phase: problem },
      source: source === 'camera' ? 'none' : source,
    });
    if (source === 'camera') {
      this.#sessions.stop();
    }
  }

  #closeCamera(): void {
    this.#camera?.close();
    this.#camera = undefined;
    this.#wakeLock.release();
  }
}
