package dev.tryon.fabric;

import dev.tryon.spi.Rgb;
import dev.tryon.vision.LinearLight;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/** A square of cloth in the making: height in millimetres, linear colour, roughness and cover. One thread at a time. */
final class Cloth {
    /** Texels that are averaged into one, each way: edges of yarns are smooth then. */
    static final int OVERSAMPLING = 2;

    private static final double GAP_DARKENING = 0.45;

    private final int size;
    private final double millimetres;
    private final float[] height;
    private final float[] light;
    private final float[] roughness;
    private final float[] cover;

    /**
     * Makes a square that is black, flat and whole.
     *
     * @param size in texels, already oversampled
     * @param millimetres of its side
     */
    Cloth(int size, double millimetres) {
        this.size = size;
        this.millimetres = millimetres;
        this.height = new float[size * size];
        this.light = new float[3 * size * size];
        this.roughness = new float[size * size];
        this.cover = new float[size * size];
    }

    int size() {
        return size;
    }

    /**
     * Sets one texel.
     *
     * @param rise height in millimetres
     * @param color what light comes back, before {@code shade}
     * @param shade factor on the colour's light, from 0
     * @param matte roughness, 0 to 1
     */
    void set(int texel, double rise, Rgb color, double shade, double matte) {
        height[texel] = (float) rise;
        light[3 * texel] = (float) (LinearLight.ofByte(color.red()) * shade);
        light[3 * texel + 1] = (float) (LinearLight.ofByte(color.green()) * shade);
        light[3 * texel + 2] = (float) (LinearLight.ofByte(color.blue()) * shade);
        roughness[texel] = (float) Math.min(1, Math.max(0, matte));
        cover[texel] = 1;
    }

    /** Presses the cloth: what stood out by a millimetre stands out by this share of one. */
    Cloth pressed(double share) {
        for (var texel = 0; texel < height.length; texel++) {
            height[texel] *= (float) share;
        }
        return this;
    }

    /** Mixes white light into a texel: a fibre that has lost its dye. */
    void pale(int texel, double share) {
        for (var channel = 3 * texel; channel < 3 * texel + 3; channel++) {
            light[channel] += (float) ((0.62 - light[channel]) * share);
        }
    }

    /** Sets a texel where there is no cloth, coloured like its threads: half-covered texels then get no dark rim. */
    void hole(int texel, double depth, Rgb color) {
        set(texel, depth, color, 0.9, 1);
        cover[texel] = 0;
    }

    /**
     * Returns the maps at the square's size over {@link #OVERSAMPLING}, and how high they rise.
     *
     * @param work a few steps of it are done
     */
    Finished finish(Steps work) {
        var small = size / OVERSAMPLING;
        var rise = folded(height, 1, 0);
        var lowest = Float.MAX_VALUE;
        var highest = -Float.MAX_VALUE;
        for (var value : rise) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        var span = Math.max(1e-6f, highest - lowest);
        for (var texel = 0; texel < rise.length; texel++) {
            rise[texel] = (rise[texel] - lowest) / span;
        }
        var plane = new Plane(small, small, rise);
        var relief = span / millimetres;
        try (var scope = new MatScope()) {
            var texels = scope.mat(small, small, CvType.CV_32F);
            texels.put(0, 0, rise);
            Core.multiply(texels, Scalar.all(relief * small), texels);
            work.next();
            var occlusion = plane(Occlusion.of(texels, scope));
            work.next();
            var color = color(occlusion);
            work.next();
            var normals = texels(new Relief(texels).normals(scope));
            work.next();
            return new Finished(
                    new Maps(
                            color,
                            plane,
                            normals,
                            new Plane(small, small, folded(roughness, 1, 0)),
                            occlusion,
                            Plane.constant(small, small, 0),
                            opacity()),
                    relief);
        }
    }

    private static Plane plane(Mat values) {
        var copy = new float[values.rows() * values.cols()];
        values.get(0, 0, copy);
        return new Plane(values.cols(), values.rows(), copy);
    }

    private static Texels texels(Mat bgr) {
        var rgb = new byte[3 * bgr.rows() * bgr.cols()];
        bgr.get(0, 0, rgb);
        for (var at = 0; at < rgb.length; at += 3) {
            var blue = rgb[at];
            rgb[at] = rgb[at + 2];
            rgb[at + 2] = blue;
        }
        return new Texels(bgr.cols(), bgr.rows(), rgb);
    }

    private Texels color(Plane occlusion) {
        var small = size / OVERSAMPLING;
        var rgb = new byte[3 * small * small];
        for (var channel = 0; channel < 3; channel++) {
            var folded = folded(light, 3, channel);
            for (var texel = 0; texel < folded.length; texel++) {
                var open = 1 - GAP_DARKENING * (1 - occlusion.values()[texel]);
                rgb[3 * texel + channel] = (byte) (LinearLight.toByte((float) (folded[texel] * open)) + 0.5f);
            }
        }
        return new Texels(small, small, rgb);
    }

    private Optional<Plane> opacity() {
        var small = size / OVERSAMPLING;
        var folded = folded(cover, 1, 0);
        for (var value : folded) {
            if (value < 1) {
                return Optional.of(new Plane(small, small, folded));
            }
        }
        return Optional.empty();
    }

    private float[] folded(float[] values, int channels, int channel) {
        var small = size / OVERSAMPLING;
        var folded = new float[small * small];
        var share = 1f / (OVERSAMPLING * OVERSAMPLING);
        for (var y = 0; y < size; y++) {
            for (var x = 0; x < size; x++) {
                folded[y / OVERSAMPLING * small + x / OVERSAMPLING] +=
                        share * values[channels * (y * size + x) + channel];
            }
        }
        return folded;
    }

    /**
     * What came of it.
     *
     * @param relief the height's span as a share of the tile's width
     */
    record Finished(Maps maps, double relief) {}
}
