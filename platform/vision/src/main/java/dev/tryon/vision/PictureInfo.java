package dev.tryon.vision;

/**
 * What a picture's header says of it.
 *
 * @param format how it is written
 * @param width in pixels, as it is to be shown (EXIF orientation applied), at least 1
 * @param height in pixels, as it is to be shown (EXIF orientation applied), at least 1
 * @param animated whether it has, or claims to have, more than one picture
 */
public record PictureInfo(PictureFormat format, int width, int height, boolean animated) {
    /** Checks that there is a pixel. */
    public PictureInfo {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("no picture is " + width + "x" + height);
        }
    }
}
