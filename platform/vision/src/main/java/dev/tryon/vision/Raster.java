package dev.tryon.vision;

import dev.tryon.spi.Crop;
import dev.tryon.spi.Frame;

/**
 * How a crop is read: the points of a picture that each pixel of a network's input is the mean of.
 *
 * <p>Sample (column, row) is read at {@code (x + column * xByColumn + row * xByRow, y + column * yByColumn + row * yByRow)},
 * where (0, 0) is the middle of the picture's first pixel. What {@link Sampling} does on the CPU and its twin on devices
 * both follow from this.
 *
 * @param sourceWidth of the picture to read, in pixels: the frame's, or of a smaller copy where the frame is much finer than
 *     the samples
 * @param sourceHeight likewise
 * @param samples a side of the square of samples that a pixel is the mean of, 1..4
 */
public record Raster(
        int sourceWidth,
        int sourceHeight,
        int samples,
        double xByColumn,
        double xByRow,
        double x,
        double yByColumn,
        double yByRow,
        double y) {
    /**
     * Frame pixels between two bilinear samples from which on a finer raster is sampled and averaged: at this step a
     * bilinear sample damps what the new raster cannot hold about as much as an area average would.
     */
    static final double COARSEST_STEP = 1.6;

    /** Samples per tensor pixel and axis; where more would be needed the frame is shrunk first. */
    static final int MOST_SAMPLES = 4;

    /**
     * Returns how to read a crop as so many pixels.
     *
     * @param frameWidth in pixels
     * @param frameHeight in pixels
     * @param width of the input, in its pixels
     * @param height of the input, in its pixels
     */
    public static Raster of(int frameWidth, int frameHeight, Crop crop, int width, int height) {
        var step = Math.max(crop.sideX() / width, crop.sideY() / height);
        var sourceWidth = frameWidth;
        var sourceHeight = frameHeight;
        if (step > MOST_SAMPLES * COARSEST_STEP) {
            var factor = MOST_SAMPLES * COARSEST_STEP / step;
            sourceWidth = Math.toIntExact(Math.max(1, Math.round(frameWidth * factor)));
            sourceHeight = Math.toIntExact(Math.max(1, Math.round(frameHeight * factor)));
        }
        var acrossScale = (double) sourceWidth / frameWidth;
        var downScale = (double) sourceHeight / frameHeight;
        var samples = Math.clamp((int) Math.ceil(step * acrossScale / COARSEST_STEP - 1e-9), 1, MOST_SAMPLES);
        var columns = samples * width;
        var rows = samples * height;
        var cos = Math.cos(crop.angleRadians());
        var sin = Math.sin(crop.angleRadians());
        var xByColumn = cos * crop.sideX() / columns * acrossScale;
        var xByRow = -sin * crop.sideY() / rows * acrossScale;
        var yByColumn = sin * crop.sideX() / columns * downScale;
        var yByRow = cos * crop.sideY() / rows * downScale;
        return new Raster(
                sourceWidth,
                sourceHeight,
                samples,
                xByColumn,
                xByRow,
                crop.centerX() * acrossScale - 0.5 - xByColumn * (columns - 1) / 2 - xByRow * (rows - 1) / 2,
                yByColumn,
                yByRow,
                crop.centerY() * downScale - 0.5 - yByColumn * (columns - 1) / 2 - yByRow * (rows - 1) / 2);
    }

    /** Returns whether it is read from the frame itself; else {@link Sampling#shrunk} makes what it is read from. */
    public boolean reads(Frame frame) {
        return sourceWidth == frame.width() && sourceHeight == frame.height();
    }
}
