import { Display, type PlacedPicture, type Shown, type Side } from './display';
import { FrameMeter } from './frame-meter';
import { Pacer } from './pacer';
import { fitEitherWay, largestFrame, type Preset, type Size } from './presets';
import { SurfacePool, type Surface } from './surfaces';

/** A frame, encoded, for whoever carries it to the server. */
export interface EncodedFrame {
  readonly sequence: number;
  readonly capturedAt: number;
  readonly format: 'jpeg';
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** The way to the server. */
export interface FrameSink {
  send(frame: EncodedFrame): boolean;
  bufferedBytes(): number;
}

/** A picture that came back, in the pixels of the frame that was sent. */
export interface AnswerPicture {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly format: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What pictures are taken from. */
export type Source =
  | { readonly kind: 'camera'; readonly video: HTMLVideoElement }
  | { readonly kind: 'photo'; readonly picture: ImageBitmap };

/** `preview` shows the camera as it is, `live` what the server answers, `frozen` stands still. */
export type LoopMode = 'preview' | 'live' | 'frozen';

const lostAfterMillis = 6_000;
const photoQuality = 0.92;

/**
 * Takes pictures, sends them as credit allows, and draws each answer over exactly the frame it belongs to, so that
 * polish never lags the hand. Nothing here renders React.
 */
export class FrameLoop {
  readonly meter = new FrameMeter();
  readonly #display: Display;
  readonly #sink: FrameSink;
  readonly #pacer = new Pacer();
  readonly #surfaces = new SurfacePool();
  readonly #pending = new Map<number, { surface: Surface; sentAt: number }>();
  #source: Source | undefined;
  #preset: Preset;
  #advisedFps = Infinity;
  #largest: Size = largestFrame;
  #mode: LoopMode = 'preview';
  #sequence = 0;
  #shownSequence = 0;
  #fadeFrom: number | undefined;
  #photoIsStale = false;
  #run = 0;

  constructor(display: Display, sink: FrameSink, preset: Preset) {
    this.#display = display;
    this.#sink = sink;
    this.#preset = preset;
    this.#setPace();
  }

  get canvas(): HTMLCanvasElement {
    return this.#display.canvas;
  }

  /** Takes pictures from here on from another source, or from none. */
  watch(source: Source | undefined): void {
    this.#forgetPending();
    this.#source = source;
    this.#run += 1;
    this.meter.reset();
    this.#photoIsStale = true;
    if (source?.kind === 'camera') {
      this.#awaitPicture(source.video, this.#run);
    } else if (source) {
      this.#drawPreview(source.picture, source.picture);
      this.#sendPhoto();
    }
  }

  setMode(mode: LoopMode): void {
    if (mode !== 'live') {
      this.#forgetPending();
    }
    this.#mode = mode;
    this.#photoIsStale = true;
    this.#sendPhoto();
  }

  setPreset(preset: Preset): void {
    this.#preset = preset;
    this.#setPace();
  }

  /** Sends at most this often, as the server advises; never more often than the person chose. */
  pace(framesPerSecond: number): void {
    this.#advisedFps = framesPerSecond;
    this.#setPace();
  }

  /** Sends nothing for a while. */
  rest(millis: number): void {
    this.#pacer.rest(performance.now() + millis);
  }

  /** Lets at most so many frames be on their way. */
  limit(maxInFlight: number): void {
    this.#pacer.limit(maxInFlight);
  }

  /** Sends camera pictures at most this large. */
  bound(largest: Size): void {
    this.#largest = largest;
  }

  /** The look has changed: frames from now on wear it, and a photo is sent again. */
  lookChanged(): void {
    this.#fadeFrom = this.#sequence + 1;
    this.repeatPhoto();
  }

  /** Sends the photo again, for instance when its frame was skipped. */
  repeatPhoto(): void {
    this.#photoIsStale = true;
    this.#sendPhoto();
  }

  turn(side: Side): void {
    this.#display.turn(side);
  }

  /** Draws what the server made of a frame. */
  async answer(sequence: number, answers: readonly AnswerPicture[]): Promise<void> {
    const pending = this.#pending.get(sequence);
    if (!pending) {
      return;
    }
    this.#pending.delete(sequence);
    const run = this.#run;
    const pictures = await decodeAll(answers);
    if (sequence < this.#shownSequence || run !== this.#run) {
      this.#free({ surface: pending.surface, pictures });
    } else {
      this.#show(sequence, { surface: pending.surface, pictures });
    }
    this.#sendPhoto();
  }

  /** The frame came back without a picture: it is shown as it was, or dropped where the last one should stay. */
  unanswered(sequence: number, then: 'show' | 'drop'): void {
    const pending = this.#pending.get(sequence);
    if (!pending) {
      return;
    }
    this.#pending.delete(sequence);
    if (then === 'show' && sequence > this.#shownSequence) {
      this.#show(sequence, { surface: pending.surface, pictures: [] });
    } else {
      this.#surfaces.release(pending.surface);
    }
    this.#sendPhoto();
  }

  #show(sequence: number, shown: Shown): void {
    this.#shownSequence = sequence;
    if (this.#fadeFrom !== undefined && sequence >= this.#fadeFrom) {
      this.#fadeFrom = undefined;
      this.#display.crossFade();
    }
    this.#free(this.#display.show(shown));
    this.meter.tick(performance.now());
  }

  #setPace(): void {
    const wanted = Math.min(this.#advisedFps, this.#preset.framesPerSecond);
    this.#pacer.pace(wanted, performance.now());
  }

  #awaitPicture(video: HTMLVideoElement, run: number): void {
    const next = () => {
      if (run === this.#run) {
        this.#take(video);
        this.#awaitPicture(video, run);
      }
    };
    if ('requestVideoFrameCallback' in video) {
      video.requestVideoFrameCallback(next);
    } else {
      requestAnimationFrame(next);
    }
  }

  #take(video: HTMLVideoElement): void {
    const size = { width: video.videoWidth, height: video.videoHeight };
    if (size.width === 0) {
      return;
    }
    if (this.#mode === 'preview') {
      this.#drawPreview(video, size);
      return;
    }
    const now = performance.now();
    this.#forgetLost(now);
    const inFlight = this.#pending.size;
    const bufferedBytes = this.#sink.bufferedBytes();
    if (this.#mode === 'live' && this.#pacer.admits({ now, inFlight, bufferedBytes })) {
      const frame = fitEitherWay(fitEitherWay(size, this.#preset), this.#largest);
      void this.#send(video, frame, this.#preset.imageQuality);
    }
  }

  #sendPhoto(): void {
    const source = this.#source;
    if (source?.kind !== 'photo' || this.#mode !== 'live' || !this.#photoIsStale) {
      return;
    }
    this.#forgetLost(performance.now());
    if (this.#pending.size === 0) {
      this.#photoIsStale = false;
      void this.#send(source.picture, fitEitherWay(source.picture, largestFrame), photoQuality);
    }
  }

  async #send(picture: CanvasImageSource, size: Size, quality: number): Promise<void> {
    const sequence = ++this.#sequence;
    const capturedAt = performance.timeOrigin + performance.now();
    const surface = this.#surfaces.take(size);
    surface.context.drawImage(picture, 0, 0, size.width, size.height);
    this.#pending.set(sequence, { surface, sentAt: performance.now() });
    const blob = await surface.canvas.convertToBlob({ type: 'image/jpeg', quality });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    this.#pacer.sent(bytes.length);
    const wanted = this.#pending.has(sequence);
    if (!wanted || !this.#sink.send({ sequence, capturedAt, format: 'jpeg', ...size, bytes })) {
      this.unanswered(sequence, 'drop');
    }
  }

  #drawPreview(picture: CanvasImageSource, size: Size): void {
    this.#free(this.#display.clear());
    const { width, height } = fitEitherWay(size, largestFrame);
    this.#display.preview(picture, width, height);
  }

  #forgetLost(now: number): void {
    for (const [sequence, { surface, sentAt }] of this.#pending) {
      if (now - sentAt > lostAfterMillis) {
        this.#pending.delete(sequence);
        this.#surfaces.release(surface);
      }
    }
  }

  #forgetPending(): void {
    // Surfaces that are still being encoded must not be drawn on again: they are left to the collector.
    this.#pending.clear();
    this.#shownSequence = this.#sequence;
  }

  #free(shown: Shown | undefined): void {
    if (shown) {
      shown.pictures.forEach(({ bitmap }) => bitmap.close());
      this.#surfaces.release(shown.surface);
    }
  }
}

async function decodeAll(answers: readonly AnswerPicture[]): Promise<readonly PlacedPicture[]> {
  try {
    return await Promise.all(answers.map(decode));
  } catch {
    // A patch that cannot be read leaves the frame as it was; the next answer comes soon.
    return [];
  }
}

async function decode(answer: AnswerPicture): Promise<PlacedPicture> {
  const { x, y, width, height, format, bytes } = answer;
  const bitmap = await createImageBitmap(new Blob([bytes], { type: `image/${format}` }));
  return { bitmap, x, y, width, height };
}
