import { fitEitherWay, largestFrame } from './presets';

/** Reads a photo, upright, at most as large as a live frame. @throws if it is no picture that the browser can read */
export async function readPhoto(file: Blob): Promise<ImageBitmap> {
  const whole = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const { width, height } = fitEitherWay(whole, largestFrame);
  if (width >= whole.width) {
    return whole;
  }
  const smaller = await createImageBitmap(whole, {
    resizeWidth: width,
    resizeHeight: height,
    resizeQuality: 'high',
  });
  whole.close();
  return smaller;
}
