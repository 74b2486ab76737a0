package dev.tryon.fabric;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.ScanEngine.Scan;
import dev.tryon.spi.TryOnException;
import java.util.List;
import java.util.Optional;

/** Pictures and properties as the material that they are: the way back from {@link Showing}. */
final class Reading {
    private static final String ID = "scan";

    private final Scan scan;

    private Reading(Scan scan) {
        this.scan = scan;
    }

    /**
     * Reads a scan; heights keep the eight bits that they have in it.
     *
     * @param scan borrowed until the call returns
     * @throws TryOnException with {@link ErrorCode#INVALID_IMAGE} if maps are missing or not of one size
     */
    static Material of(Scan scan, String title) {
        return new Reading(scan).material(title);
    }

    private Material material(String title) {
        try {
            var properties = scan.properties();
            var kind = MaterialProperties.kind(properties);
            return new Material(
                    ID,
                    title,
                    kind,
                    List.of(kind.word()),
                    MaterialProperties.size(properties),
                    MaterialProperties.relief(properties),
                    new Maps(
                            texels("basecolor"),
                            plane("height"),
                            texels("normal"),
                            plane("roughness"),
                            plane("ao"),
                            plane("metalness"),
                            Optional.ofNullable(scan.pictures().get("opacity")).map(Reading::plane)),
                    Optional.empty(),
                    MaterialProperties.sheen(properties));
        } catch (IllegalArgumentException failure) {
            throw incomplete(failure.getMessage() == null ? "not a material" : failure.getMessage());
        }
    }

    private Frame picture(String name) {
        var picture = scan.pictures().get(name);
        if (picture == null) {
            throw incomplete("there is no map named " + name);
        }
        return picture;
    }

    private Texels texels(String name) {
        var frame = picture(name);
        var rgb = new byte[3 * frame.width() * frame.height()];
        var pixels = frame.pixels();
        for (var at = 0; at < rgb.length; at++) {
            var row = at / (3 * frame.width());
            var column = at % (3 * frame.width());
            rgb[at] = pixels.get(row * frame.strideBytes() + column - column % 3 + 2 - column % 3);
        }
        return new Texels(frame.width(), frame.height(), rgb);
    }

    private Plane plane(String name) {
        return plane(picture(name));
    }

    private static Plane plane(Frame frame) {
        var values = new float[frame.width() * frame.height()];
        for (var at = 0; at < values.length; at++) {
            var row = at / frame.width();
            var column = at % frame.width();
            values[at] = (frame.pixels().get(row * frame.strideBytes() + 3 * column) & 0xFF) / 255f;
        }
        return new Plane(frame.width(), frame.height(), values);
    }

    private static TryOnException incomplete(String detail) {
        return new TryOnException(
                ErrorCode.INVALID_IMAGE, "This is not a whole material: maps are missing or of other sizes.", detail);
    }
}
