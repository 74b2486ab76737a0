package dev.tryon.testkit;

import dev.tryon.spi.Frame;
import dev.tryon.spi.Rgb;
import dev.tryon.spi.ScanEngine.Property;
import dev.tryon.spi.ScanEngine.Scan;
import dev.tryon.vision.LinearLight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The maps of a material as the renderer reads them: linear, and at every half size down to one texel.
 *
 * <p>Immutable, and so thread-safe.
 */
public final class ClothMaps {
    /** Values a texel: colour (linear, 0..1), normal (OpenGL), roughness, occlusion, opacity. */
    static final int CHANNELS = 9;

    private static final int NORMAL = 3;
    private static final int ROUGHNESS = 6;
    private static final int OCCLUSION = 7;
    private static final int OPACITY = 8;

    private final List<float[]> levels;
    private final int size;
    private final double millimetres;
    private final Rgb sheen;
    private final double sheenRoughness;
    private final Optional<List<Double>> repeat;

    private ClothMaps(
            List<float[]> levels,
            int size,
            double millimetres,
            Rgb sheen,
            double sheenRoughness,
            Optional<List<Double>> repeat) {
        this.levels = List.copyOf(levels);
        this.size = size;
        this.millimetres = millimetres;
        this.sheen = sheen;
        this.sheenRoughness = sheenRoughness;
        this.repeat = repeat;
    }

    /**
     * Reads the maps of a scan.
     *
     * @param scan borrowed until the call returns: square pictures of one size, a power of two, named {@code basecolor},
     *     {@code normal} (OpenGL), {@code roughness} and {@code ao}, perhaps {@code opacity}; the properties
     *     {@code widthMillimetres} (100 if it is unknown), {@code sheenColor}, {@code sheenRoughness} and {@code repeatMillimetres}
     * @throws IllegalArgumentException if a map is missing or of another size
     */
    public static ClothMaps of(Scan scan) {
        var color = picture(scan, "basecolor");
        var size = color.width();
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("maps to render are a power of two wide, not " + size);
        }
        var texels = new float[CHANNELS * size * size];
        for (var channel = 0; channel < 3; channel++) {
            read(color, 2 - channel, texels, channel, LinearLight::ofByte);
            read(picture(scan, "normal"), 2 - channel, texels, NORMAL + channel, value -> value / 127.5f - 1);
        }
        read(picture(scan, "roughness"), 0, texels, ROUGHNESS, value -> value / 255f);
        read(picture(scan, "ao"), 0, texels, OCCLUSION, value -> value / 255f);
        if (scan.pictures().containsKey("opacity")) {
            read(picture(scan, "opacity"), 0, texels, OPACITY, value -> value / 255f);
        } else {
            for (var at = OPACITY; at < texels.length; at += CHANNELS) {
                texels[at] = 1;
            }
        }
        var words = scan.properties();
        return new ClothMaps(
                pyramid(texels, size),
                size,
                number(words, "widthMillimetres", 100),
                words.get("sheenColor") instanceof Property.Text(var hex) ? Rgb.parse(hex) : new Rgb(0, 0, 0),
                number(words, "sheenRoughness", 0.5),
                words.get("repeatMillimetres") instanceof Property.Numbers(var ways)
                        ? Optional.of(ways)
                        : Optional.empty());
    }

    private static double number(Map<String, Property> properties, String name, double fallback) {
        return properties.get(name) instanceof Property.Quantity(var value) ? value : fallback;
    }

    private static Frame picture(Scan scan, String name) {
        var picture = scan.pictures().get(name);
        if (picture == null) {
            throw new IllegalArgumentException("the material has no " + name);
        }
        return picture;
    }

    private static void read(Frame frame, int from, float[] texels, int to, Reading reading) {
        var size = (int) Math.sqrt(texels.length / (double) CHANNELS);
        if (frame.width() != size || frame.height() != size) {
            throw new IllegalArgumentException("maps of one material are square and of one size");
        }
        var pixels = frame.pixels();
        for (var y = 0; y < size; y++) {
            for (var x = 0; x < size; x++) {
                texels[CHANNELS * (y * size + x) + to] =
                        reading.value(pixels.get(y * frame.strideBytes() + Frame.CHANNELS * x + from) & 0xFF);
            }
        }
    }

    private static List<float[]> pyramid(float[] texels, int size) {
        var levels = new ArrayList<float[]>();
        levels.add(texels);
        for (var side = size / 2; side >= 1; side /= 2) {
            var finer = levels.getLast();
            var coarser = new float[CHANNELS * side * side];
            for (var y = 0; y < 2 * side; y++) {
                for (var x = 0; x < 2 * side; x++) {
                    for (var channel = 0; channel < CHANNELS; channel++) {
                        coarser[CHANNELS * (y / 2 * side + x / 2) + channel] +=
                                finer[CHANNELS * (y * 2 * side + x) + channel] / 4;
                    }
                }
            }
            levels.add(coarser);
        }
        return levels;
    }

    /** Returns the side of the tile in millimetres. */
    public double millimetres() {
        return millimetres;
    }

    /** Returns the two ways, x and y each in millimetres, by which the pattern moves onto itself, where it does. */
    public Optional<List<Double>> repeat() {
        return repeat;
    }

    int size() {
        return size;
    }

    Rgb sheen() {
        return sheen;
    }

    double sheenRoughness() {
        return sheenRoughness;
    }

    /**
     * Reads all channels at a place on the cloth.
     *
     * @param right of the tile's upper left corner, in millimetres, without end
     * @param down likewise
     * @param blur what a sample covers, in texels a side, as a logarithm to base 2; below 0 as 0
     * @param sample is filled, {@link #CHANNELS} values
     */
    void sample(double right, double down, double blur, float[] sample) {
        var bounded = Math.min(levels.size() - 1.001, Math.max(0, blur));
        var level = (int) bounded;
        for (var channel = 0; channel < CHANNELS; channel++) {
            sample[channel] = 0;
        }
        add(level, right, down, 1 - (bounded - level), sample);
        add(level + 1, right, down, bounded - level, sample);
    }

    private void add(int level, double right, double down, double weight, float[] sample) {
        if (weight <= 0) {
            return;
        }
        var side = size >> level;
        var x = right / millimetres * side - 0.5;
        var y = down / millimetres * side - 0.5;
        var left = (int) Math.floor(x);
        var top = (int) Math.floor(y);
        var across = x - left;
        var below = y - top;
        var texels = levels.get(level);
        var mask = side - 1;
        for (var corner = 0; corner < 4; corner++) {
            var column = (left + (corner & 1)) & mask;
            var row = (top + (corner >> 1)) & mask;
            var share = (float)
                    (weight * ((corner & 1) == 0 ? 1 - across : across) * (corner >> 1 == 0 ? 1 - below : below));
            var at = CHANNELS * (row * side + column);
            for (var channel = 0; channel < CHANNELS; channel++) {
                sample[channel] += share * texels[at + channel];
            }
        }
    }

    private interface Reading {
        float value(int stored);
    }
}
