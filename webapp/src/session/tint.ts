/** The mean colour of a picture, as `#rrggbb`. @throws if it is no picture that the browser can read */
export async function tintOf(picture: Blob): Promise<string> {
  const bitmap = await createImageBitmap(picture);
  const one = new OffscreenCanvas(1, 1);
  const context = one.getContext('2d');
  if (!context) {
    throw new Error('no 2D drawing in this browser');
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, 1, 1);
  bitmap.close();
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  const value = (red << 16) | (green << 8) | blue;
  return `#${value.toString(16).padStart(6, '0')}`;
}
