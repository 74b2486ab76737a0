package dev.tryon.testkit;

import dev.tryon.spi.Frame;
import java.util.Arrays;
import java.util.BitSet;

/** The tone of the skin around nails, as dermatology measures it. */
final class SkinTone {
    private static final double REFERENCE_WHITE_Z = 1.08883;

    private SkinTone() {}

    /**
     * Returns the individual typology angle of the skin around the nails: atan((L − 50) / b) in degrees, over 55 very light,
     * under −30 dark.
     */
    static double typologyAngle(Frame frame, BitSet nails) {
        int width = frame.width();
        int reach = Math.max(2, (int) Math.sqrt(nails.cardinality()) / 8);
        var red = new int[1024];
        int count = 0;
        var green = new int[1024];
        var blue = new int[1024];
        for (int at = nails.nextSetBit(0); at >= 0; at = nails.nextSetBit(at + 1)) {
            for (int side = -1; side <= 1; side += 2) {
                int x = at % width + side * reach;
                if (x < 0 || x >= width || nails.get(at + side * reach) || nails.get(at + side)) {
                    continue;
                }
                if (count == red.length) {
                    red = Arrays.copyOf(red, 2 * count);
                    green = Arrays.copyOf(green, 2 * count);
                    blue = Arrays.copyOf(blue, 2 * count);
                }
                int pixel = at / width * frame.strideBytes() + Frame.CHANNELS * x;
                blue[count] = frame.pixels().get(pixel) & 0xFF;
                green[count] = frame.pixels().get(pixel + 1) & 0xFF;
                red[count] = frame.pixels().get(pixel + 2) & 0xFF;
                count++;
            }
        }
        return angle(median(red, count), median(green, count), median(blue, count));
    }

    private static double median(int[] values, int count) {
        if (count == 0) {
            return 128;
        }
        var sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }

    private static double angle(double red, double green, double blue) {
        double r = linear(red);
        double g = linear(green);
        double b = linear(blue);
        double y = cubeRoot(0.2126 * r + 0.7152 * g + 0.0722 * b);
        double z = cubeRoot((0.0193 * r + 0.1192 * g + 0.9505 * b) / REFERENCE_WHITE_Z);
        double lightness = 116 * y - 16;
        double yellow = 200 * (y - z);
        return Math.toDegrees(Math.atan2(lightness - 50, yellow));
    }

    private static double linear(double value) {
        double share = value / 255;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static double cubeRoot(double ratio) {
        return ratio > 216 / 24389.0 ? Math.cbrt(ratio) : (24389 / 27.0 * ratio + 16) / 116;
    }
}
