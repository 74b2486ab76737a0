package dev.tryon.spi;

/**
 * A rectangle of a frame, upright or turned: the part of a picture that a network is to see.
 *
 * <p>Seen as W x H pixels, the centre of pixel (i, j) is frame point
 * {@code center + R(angle) * (((i + 0.5) / W - 0.5) * sideX, ((j + 0.5) / H - 0.5) * sideY)}, in coordinates where frame
 * pixel (x, y) covers the square from (x, y) to (x + 1, y + 1). What lies outside the frame shows its edge, repeated.
 *
 * @param centerX in frame pixels
 * @param centerY in frame pixels
 * @param sideX along the rectangle's own x axis, in frame pixels, above 0
 * @param sideY along the rectangle's own y axis, in frame pixels, above 0
 * @param angleRadians of the rectangle's x axis, from the frame's x axis towards its y axis (down)
 */
public record Crop(double centerX, double centerY, double sideX, double sideY, double angleRadians) {
    /** Farther out, or larger, is no part of any frame. */
    private static final double MOST = 1e6;

    /** Checks that it is a rectangle near a frame. */
    public Crop {
        if (!(Math.abs(centerX) <= MOST && Math.abs(centerY) <= MOST)
                || !(sideX > 0 && sideX <= MOST && sideY > 0 && sideY <= MOST)
                || !Double.isFinite(angleRadians)) {
            throw new IllegalArgumentException(
                    "no crop is %s x %s at (%s, %s)".formatted(sideX, sideY, centerX, centerY));
        }
    }

    /** Returns an upright square. */
    public static Crop square(double centerX, double centerY, double side) {
        return new Crop(centerX, centerY, side, side, 0);
    }
}
