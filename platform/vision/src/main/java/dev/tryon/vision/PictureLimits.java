package dev.tryon.vision;

/**
 * How large a picture may be; checked before anything is decoded.
 *
 * @param longestSide of width and height, in pixels
 * @param pixels width times height
 */
public record PictureLimits(int longestSide, long pixels) {
    /** Frames of a live session: 1920x1080, either way up. */
    public static final PictureLimits LIVE = new PictureLimits(1920, 1920 * 1080);

    /** Pictures that people bring: 4,096 pixels a side, 16 megapixels. */
    public static final PictureLimits UPLOAD = new PictureLimits(4096, 16_000_000);

    /** Checks that something is allowed. */
    public PictureLimits {
        if (longestSide < 1 || pixels < 1) {
            throw new IllegalArgumentException("limits allow at least one pixel");
        }
    }

    /** Returns whether a picture of this size is within the limits. @param width in pixels @param height in pixels */
    public boolean allow(int width, int height) {
        return Math.max(width, height) <= longestSide && (long) width * height <= pixels;
    }
}
