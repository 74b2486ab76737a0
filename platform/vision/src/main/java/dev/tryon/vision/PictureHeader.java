package dev.tryon.vision;

import java.nio.ByteBuffer;

/**
 * What the bytes before the pixels say.
 *
 * @param format how the picture is written
 * @param width as stored, in pixels, at least 1
 * @param height as stored, in pixels, at least 1
 * @param orientation how to turn it before it is shown
 * @param animated whether it has, or claims to have, more than one picture
 * @param route which decoder is to have it
 */
record PictureHeader(
        PictureFormat format, int width, int height, Orientation orientation, boolean animated, Route route) {

    /** The two ways to pixels. */
    enum Route {
        /** FFmpeg, whose JPEG decoder is the fastest here and says when data is damaged. */
        PLAIN_JPEG,
        /** OpenCV: libwebp, libpng, and libjpeg for JPEG of every kind. */
        CAREFUL
    }

    /**
     * Reads a header.
     *
     * @throws dev.tryon.spi.TryOnException with INVALID_IMAGE if there is none
     */
    static PictureHeader read(byte[] encoded) {
        return switch (formatOf(encoded)) {
            case JPEG -> JpegReader.header(encoded);
            case WEBP -> WebpReader.header(encoded);
            case PNG -> PngReader.header(encoded);
        };
    }

    private static PictureFormat formatOf(byte[] encoded) {
        if (encoded.length >= 16) {
            var bytes = ByteBuffer.wrap(encoded);
            if ((bytes.getInt(0) & 0xFFFFFF00) == 0xFFD8FF00) {
                return PictureFormat.JPEG;
            }
            if (bytes.getInt(0) == WebpReader.RIFF && bytes.getInt(8) == WebpReader.WEBP) {
                return PictureFormat.WEBP;
            }
            if (bytes.getLong(0) == PngReader.SIGNATURE) {
                return PictureFormat.PNG;
            }
        }
        throw InvalidPictures.unreadable("neither JPEG nor WebP nor PNG");
    }

    /**
     * Copies what a decoder needs, checking that it is all there: no metadata reaches a decoder, nor anything that
     * follows the picture's end.
     *
     * @throws dev.tryon.spi.TryOnException with INVALID_IMAGE if the picture is cut off or put together wrongly
     */
    byte[] essentials(byte[] encoded) {
        return switch (format) {
            case JPEG -> JpegReader.essentials(encoded);
            case WEBP -> WebpReader.essentials(encoded);
            case PNG -> PngReader.essentials(encoded);
        };
    }

    /** Returns what is told to others. */
    PictureInfo info() {
        return orientation.swapsSides()
                ? new PictureInfo(format, height, width, animated)
                : new PictureInfo(format, width, height, animated);
    }
}
