package dev.tryon.nails;

import dev.tryon.spi.Frame;
import dev.tryon.vision.LinearLight;

/**
 * The part of a frame around one nail, in linear light, with what the painter works out for each of its pixels.
 *
 * <p>Reused from nail to nail; arrays grow and stay. Pixel (x, y) of the region is entry {@code y * width + x}.
 *
 * <p>Threads: one at a time.
 */
final class Canvas {
    /** Pixels left free around a nail. */
    private static final int MARGIN = 2;

    private final Coverage coverage = new Coverage();
    int x;
    int y;
    int width;
    int height;
    /** How much of each pixel the nail covers, 0..1. */
    float[] covered = new float[0];

    float[] red = new float[0];
    float[] green = new float[0];
    float[] blue = new float[0];
    float[] luminance = new float[0];
    /** Luminance without highlights and without detail. */
    float[] smooth = new float[0];

    /**
     * Goes to a nail.
     *
     * @param outline x, y pairs in frame pixels
     * @return whether any of the nail is inside the frame
     */
    boolean open(Frame frame, double[] outline) {
        var least = new double[] {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        var most = new double[] {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (var i = 0; i < outline.length; i++) {
            least[i % 2] = Math.min(least[i % 2], outline[i]);
            most[i % 2] = Math.max(most[i % 2], outline[i]);
        }
        x = (int) Math.clamp(Math.floor(least[0]) - MARGIN, 0, frame.width());
        y = (int) Math.clamp(Math.floor(least[1]) - MARGIN, 0, frame.height());
        width = (int) Math.clamp(Math.ceil(most[0]) + MARGIN, 0, frame.width()) - x;
        height = (int) Math.clamp(Math.ceil(most[1]) + MARGIN, 0, frame.height()) - y;
        if (width < 1 || height < 1) {
            return false;
        }
        reserve(width * height);
        coverage.fill(outline, x, y, width, height, covered);
        return read(frame);
    }

    /** Returns how many pixels the region has. */
    int size() {
        return width * height;
    }

    private boolean read(Frame frame) {
        var pixels = frame.pixels();
        var any = false;
        for (var row = 0; row < height; row++) {
            var at = (y + row) * frame.strideBytes() + x * Frame.CHANNELS;
            for (var i = row * width; i < (row + 1) * width; i++, at += Frame.CHANNELS) {
                if (covered[i] > 0) {
                    any = true;
                    red[i] = LinearLight.ofByte(pixels.get(at + 2));
                    green[i] = LinearLight.ofByte(pixels.get(at + 1));
                    blue[i] = LinearLight.ofByte(pixels.get(at));
                    luminance[i] = LinearLight.luminance(red[i], green[i], blue[i]);
                }
            }
        }
        return any;
    }

    private void reserve(int pixels) {
        if (covered.length < pixels) {
            var room = pixels + pixels / 2;
            covered = new float[room];
            red = new float[room];
            green = new float[room];
            blue = new float[room];
            luminance = new float[room];
            smooth = new float[room];
        }
    }
}
