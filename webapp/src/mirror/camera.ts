import type { Preset } from './presets';

/** Why there is no camera picture. */
export type CameraProblem = 'refused' | 'none' | 'busy' | 'insecure';

export class CameraError extends Error {
  constructor(readonly problem: CameraProblem) {
    super(`camera: ${problem}`);
    this.name = 'CameraError';
  }
}

export type Facing = 'user' | 'environment';

/** An open camera. */
export interface Camera {
  readonly video: HTMLVideoElement;
  /** Whether it looks at the person, so that its picture is shown as a mirror would. */
  readonly facing: Facing;
  /** Whether there is another one to turn to. */
  readonly hasOther: boolean;
  close(): void;
}

const problems: Readonly<Record<string, CameraProblem>> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Opens the camera, which asks the person where they have not yet allowed it. @throws CameraError */
export async function openCamera(
  preset: Pick<Preset, 'width' | 'height' | 'framesPerSecond'>,
  facing: Facing,
  onEnded: () => void,
): Promise<Camera> {
  // Browsers leave mediaDevices out on pages that were not loaded securely.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) {
    throw new CameraError('insecure');
  }
  const stream = await request(devices, preset, facing);
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  await video.play();
  const [track] = stream.getVideoTracks();
  track?.addEventListener('ended', onEnded);
  const cameras = await devices.enumerateDevices();
  return {
    video,
    facing: track?.getSettings().facingMode === 'environment' ? 'environment' : 'user',
    hasOther: cameras.filter(({ kind }) => kind === 'videoinput').length > 1,
    close() {
      track?.removeEventListener('ended', onEnded);
      stream.getTracks().forEach((each) => each.stop());
      video.srcObject = null;
    },
  };
}

async function request(
  devices: MediaDevices,
  { width, height, framesPerSecond }: Parameters<typeof openCamera>[0],
  facing: Facing,
): Promise<MediaStream> {
  try {
    return await devices.getUserMedia({
      audio: false,
      video: {
        facingMode: { ideal: facing },
        width: { ideal: width },
        height: { ideal: height },
        frameRate: { ideal: framesPerSecond, max: 30 },
      },
    });
  } catch (reason) {
    throw new CameraError(
      reason instanceof DOMException ? (problems[reason.name] ?? 'busy') : 'busy',
    );
  }
}

/** Whether the camera is already allowed, so that the page need not explain itself first. */
export async function cameraIsAllowed(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'camera' });
    return state === 'granted';
  } catch {
    return false;
  }
}
