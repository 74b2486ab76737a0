package dev.tryon.fabric;

import dev.tryon.spi.Frame;
import dev.tryon.spi.ScanEngine.Property;
import dev.tryon.spi.ScanEngine.Scan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Materials as pictures and words, in eight bits: what the platform serves of them. */
final class Showing {
    private Showing() {}

    /**
     * Returns a material's maps and what is known of it.
     *
     * <p>Pictures: {@code basecolor}, {@code height}, {@code normal} (OpenGL), {@code normal-dx}, {@code roughness},
     * {@code ao}, {@code metalness}, and {@code opacity} where there are holes. Properties: those of {@link
     * MaterialProperties}, and where known {@code repeatMillimetres} (two ways, x and y each).
     *
     * @return the caller closes it
     */
    static Scan of(Material material) {
        var maps = material.maps();
        var pictures = new TreeMap<String, Frame>();
        pictures.put("basecolor", frame(maps.baseColor()));
        pictures.put("height", frame(maps.height()));
        pictures.put("normal", frame(maps.normal()));
        pictures.put("normal-dx", frame(maps.normal().greenFlipped()));
        pictures.put("roughness", frame(maps.roughness()));
        pictures.put("ao", frame(maps.occlusion()));
        pictures.put("metalness", frame(maps.metalness()));
        maps.opacity().ifPresent(opacity -> pictures.put("opacity", frame(opacity)));
        return new Scan(pictures, properties(material));
    }

    private static Map<String, Property> properties(Material material) {
        var words = MaterialProperties.of(material.facts(), material.maps().width());
        material.repeat()
                .ifPresent(repeat -> words.put(
                        "repeatMillimetres",
                        new Property.Numbers(
                                List.of(repeat.firstX(), repeat.firstY(), repeat.secondX(), repeat.secondY()))));
        return words;
    }

    /** Returns texels as a frame, which the caller closes. */
    static Frame frame(Texels texels) {
        var frame = Frame.allocate(texels.width(), texels.height());
        var pixels = frame.pixels();
        var rgb = texels.rgb();
        for (var at = 0; at < rgb.length; at += 3) {
            pixels.put(at, rgb[at + 2]);
            pixels.put(at + 1, rgb[at + 1]);
            pixels.put(at + 2, rgb[at]);
        }
        return frame;
    }

    /** Returns a plane as a grey frame, which the caller closes. */
    static Frame frame(Plane plane) {
        var frame = Frame.allocate(plane.width(), plane.height());
        var pixels = frame.pixels();
        var values = plane.values();
        for (var at = 0; at < values.length; at++) {
            var grey = (byte) Math.round(255 * values[at]);
            pixels.put(3 * at, grey);
            pixels.put(3 * at + 1, grey);
            pixels.put(3 * at + 2, grey);
        }
        return frame;
    }
}
