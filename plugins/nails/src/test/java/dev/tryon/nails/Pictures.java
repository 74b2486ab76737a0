package dev.tryon.nails;

import dev.tryon.spi.Frame;
import dev.tryon.spi.OptionValue;
import dev.tryon.spi.Options;
import dev.tryon.spi.Patch;
import dev.tryon.vision.LinearLight;
import java.util.List;
import java.util.Map;

/** Pictures and looks made for tests. */
final class Pictures {
    private Pictures() {}

    /** A colour for every pixel, as red, green and blue levels. */
    interface Scene {
        int[] at(int x, int y);
    }

    static Frame of(int width, int height, Scene scene) {
        var frame = Frame.allocate(width, height);
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                var color = scene.at(x, y);
                for (var channel = 0; channel < 3; channel++) {
                    frame.pixels().put(y * frame.strideBytes() + 3 * x + 2 - channel, (byte) color[channel]);
                }
            }
        }
        return frame;
    }

    static Frame even(int width, int height, int red, int green, int blue) {
        return of(width, height, (_, _) -> new int[] {red, green, blue});
    }

    /** Returns red, green and blue of a frame's pixel. */
    static int[] pixel(Frame frame, int x, int y) {
        var at = y * frame.strideBytes() + 3 * x;
        var pixels = frame.pixels();
        return new int[] {pixels.get(at + 2) & 0xFF, pixels.get(at + 1) & 0xFF, pixels.get(at) & 0xFF};
    }

    /** Returns a copy of a frame with patches drawn as browsers draw them. */
    static Frame drawn(Frame below, List<Patch> patches) {
        var frame = of(below.width(), below.height(), (x, y) -> pixel(below, x, y));
        for (var patch : patches) {
            for (var y = 0; y < patch.height(); y++) {
                for (var x = 0; x < patch.width(); x++) {
                    var at = 4 * (y * patch.width() + x);
                    var alpha = patch.pixels().get(at + 3) & 0xFF;
                    for (var channel = 0; channel < 3; channel++) {
                        var to = (patch.y() + y) * frame.strideBytes() + 3 * (patch.x() + x) + 2 - channel;
                        var over = patch.pixels().get(at + channel) & 0xFF;
                        var under = frame.pixels().get(to) & 0xFF;
                        frame.pixels().put(to, (byte) Math.round((over * alpha + under * (255 - alpha)) / 255f));
                    }
                }
            }
        }
        return frame;
    }

    static int alpha(Patch patch, int x, int y) {
        if (x < patch.x() || y < patch.y() || x >= patch.x() + patch.width() || y >= patch.y() + patch.height()) {
            return 0;
        }
        return patch.pixels().get(4 * ((y - patch.y()) * patch.width() + x - patch.x()) + 3) & 0xFF;
    }

    static Polish polish(Map<String, OptionValue> chosen) {
        return Polish.of(Options.of(Polish.OPTIONS, chosen));
    }

    static Polish polish(Pattern pattern, Finish finish, String color) {
        return polish(Map.of(
                Polish.PATTERN, new OptionValue.Text(pattern.word()),
                Polish.FINISH, new OptionValue.Text(finish.word()),
                Polish.COLOR, new OptionValue.Text(color)));
    }

    /** Returns the distance of two colours in CIELAB (CIE76). */
    static double distance(int[] one, int[] other) {
        var a = lab(one);
        var b = lab(other);
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    private static double[] lab(int[] color) {
        var red = LinearLight.ofByte(color[0]);
        var green = LinearLight.ofByte(color[1]);
        var blue = LinearLight.ofByte(color[2]);
        var x = root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
        var y = root(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        var z = root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double root(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }
}
