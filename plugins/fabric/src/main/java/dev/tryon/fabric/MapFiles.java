package dev.tryon.fabric;

import dev.tryon.spi.Frame;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureFormat;
import dev.tryon.vision.Pixels;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.imgcodecs.Imgcodecs;

/** A material's maps as files: JPEG where loss does no harm, PNG where it would. */
final class MapFiles {
    static final String BASE_COLOR = "basecolor.jpg";
    static final String BASE_COLOR_AND_OPACITY = "basecolor-opacity.png";
    static final String NORMAL = "normal.png";
    static final String NORMAL_DIRECTX = "normal-directx.png";
    static final String HEIGHT = "height.png";
    static final String ROUGHNESS = "roughness.jpg";
    static final String OCCLUSION = "occlusion.jpg";
    static final String METALNESS = "metalness.jpg";
    static final String PACKED = "occlusion-roughness-metalness.jpg";
    static final String OPACITY = "opacity.png";

    /** The file of each map, by the name that a scan gives the map. */
    static final Map<String, String> NAMES = Map.of(
            "basecolor", BASE_COLOR,
            "height", HEIGHT,
            "normal", NORMAL,
            "normal-dx", NORMAL_DIRECTX,
            "roughness", ROUGHNESS,
            "ao", OCCLUSION,
            "metalness", METALNESS);

    /** The same, of a cloth with holes. */
    static final Map<String, String> NAMES_WITH_HOLES = withHoles();

    private static final int QUALITY = 94;
    private static final int DEEPEST = 65_535;
    private static final int FAST = 1;

    private MapFiles() {}

    /**
     * Encodes all maps, by file name.
     *
     * <p>All pictures are RGB, of 8 bits and the height of 16: more than one format of the trade takes no grey ones.
     *
     * @param steps one is done after each file
     */
    static Map<String, byte[]> of(Material material, FrameCodec codec, Steps steps) {
        var maps = material.maps();
        var makers = new TreeMap<String, Supplier<byte[]>>();
        makers.put(BASE_COLOR, () -> jpeg(codec, Showing.frame(maps.baseColor())));
        makers.put(NORMAL, () -> png(Showing.frame(maps.normal())));
        makers.put(NORMAL_DIRECTX, () -> png(Showing.frame(maps.normal().greenFlipped())));
        makers.put(ROUGHNESS, () -> jpeg(codec, Showing.frame(maps.roughness())));
        makers.put(OCCLUSION, () -> jpeg(codec, Showing.frame(maps.occlusion())));
        makers.put(METALNESS, () -> jpeg(codec, Showing.frame(maps.metalness())));
        makers.put(PACKED, () -> jpeg(codec, packed(maps)));
        maps.opacity().ifPresent(opacity -> {
            makers.put(OPACITY, () -> png(Showing.frame(opacity)));
            makers.put(BASE_COLOR_AND_OPACITY, () -> covered(maps.baseColor(), opacity));
        });
        makers.put(HEIGHT, () -> deep(maps.height()));
        var files = new TreeMap<String, byte[]>();
        makers.forEach((name, maker) -> {
            files.put(name, maker.get());
            steps.next();
        });
        return files;
    }

    private static Map<String, String> withHoles() {
        var names = new TreeMap<>(NAMES);
        names.put("opacity", OPACITY);
        return Collections.unmodifiableMap(names);
    }

    private static byte[] jpeg(FrameCodec codec, Frame frame) {
        try (frame) {
            return codec.encode(frame, PictureFormat.JPEG, QUALITY);
        }
    }

    private static byte[] png(Frame frame) {
        try (frame) {
            return png(Pixels.mat(frame));
        }
    }

    /** Encodes with OpenCV, which writes no gamma and no pixel shape: readers then take the numbers as they are. */
    private static byte[] png(Mat picture) {
        var encoded = new MatOfByte();
        var settings = new MatOfInt(Imgcodecs.IMWRITE_PNG_COMPRESSION, FAST);
        try {
            Imgcodecs.imencode(".png", picture, encoded, settings);
            return encoded.toArray();
        } finally {
            picture.release();
            encoded.release();
            settings.release();
        }
    }

    /** Returns occlusion in red, roughness in green, metalness in blue, as glTF reads them. */
    private static Frame packed(Maps maps) {
        var frame = Frame.allocate(maps.width(), maps.height().height());
        var pixels = frame.pixels();
        for (var texel = 0; texel < maps.height().values().length; texel++) {
            pixels.put(3 * texel, stored(maps.metalness(), texel));
            pixels.put(3 * texel + 1, stored(maps.roughness(), texel));
            pixels.put(3 * texel + 2, stored(maps.occlusion(), texel));
        }
        return frame;
    }

    private static byte[] covered(Texels colors, Plane opacity) {
        var pixels = new byte[4 * opacity.values().length];
        for (var texel = 0; texel < opacity.values().length; texel++) {
            pixels[4 * texel] = colors.rgb()[3 * texel + 2];
            pixels[4 * texel + 1] = colors.rgb()[3 * texel + 1];
            pixels[4 * texel + 2] = colors.rgb()[3 * texel];
            pixels[4 * texel + 3] = stored(opacity, texel);
        }
        var picture = new Mat(colors.height(), colors.width(), CvType.CV_8UC4);
        picture.put(0, 0, pixels);
        return png(picture);
    }

    private static byte stored(Plane plane, int texel) {
        return (byte) Math.round(255 * plane.values()[texel]);
    }

    private static byte[] deep(Plane height) {
        var values = height.values();
        var samples = new short[3 * values.length];
        for (var texel = 0; texel < values.length; texel++) {
            var sample = (short) Math.round(DEEPEST * values[texel]);
            samples[3 * texel] = sample;
            samples[3 * texel + 1] = sample;
            samples[3 * texel + 2] = sample;
        }
        var picture = new Mat(height.height(), height.width(), CvType.CV_16UC3);
        picture.put(0, 0, samples);
        return png(picture);
    }
}
