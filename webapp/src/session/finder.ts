import { CameraError, openCamera, type CameraProblem } from '../mirror/camera';

/** A camera that is open for one photo. */
export interface Finder {
  readonly video: HTMLVideoElement;
  /** The picture that it sees now. */
  take(): Promise<Blob>;
  close(): void;
}

/** As many pixels as the camera has. */
const finest = { width: 4_096, height: 3_072, framesPerSecond: 30 };
const quality = 0.95;

/** Opens the camera that looks away from the person. @returns it, or why there is none */
export async function openFinder(onEnded: () => void): Promise<Finder | CameraProblem> {
  try {
    const camera = await openCamera(finest, 'environment', onEnded);
    const { video } = camera;
    return { video, close: () => camera.close(), take: () => still(video) };
  } catch (error) {
    if (error instanceof CameraError) {
      return error.problem;
    }
    throw error;
  }
}

async function still(video: HTMLVideoElement): Promise<Blob> {
  const picture = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  picture.getContext('2d', { alpha: false })?.drawImage(video, 0, 0);
  return picture.convertToBlob({ type: 'image/jpeg', quality });
}
