/** A translucent WebP picture of one pixel. */
const sample =
  'UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDggGAAAABQBAJ0BKgEAAQAAAP4AAA3AAP7mtQAAAA==';

/** Whether this browser reads WebP with transparency, which overlay patches come as. */
export async function readsTranslucentWebp(): Promise<boolean> {
  try {
    const bytes = Uint8Array.from(atob(sample), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/webp' }));
    bitmap.close();
    return true;
  } catch {
    return false;
  }
}
