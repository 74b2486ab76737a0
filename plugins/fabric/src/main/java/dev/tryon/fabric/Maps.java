package dev.tryon.fabric;

import dev.tryon.spi.MaterialEngine.Finish;
import java.util.Optional;

/**
 * The maps of a material, all of one size, which tile.
 *
 * @param baseColor what share of light comes back diffusely, sRGB; for metal what is mirrored
 * @param height of the surface, 0 (deepest) to 1 (highest)
 * @param normal of the surface in the tangent frame, x to the right, y up (OpenGL)
 * @param roughness 0 (mirror) to 1 (matte), as glTF means it
 * @param occlusion 0 (no light of the sky arrives) to 1 (all of it)
 * @param metalness 0 (cloth) to 1 (metal)
 * @param opacity 0 (hole) to 1 (cloth), where there are holes
 */
record Maps(
        Texels baseColor,
        Plane height,
        Texels normal,
        Plane roughness,
        Plane occlusion,
        Plane metalness,
        Optional<Plane> opacity) {

    /** Checks that all are of one size and within their ranges. */
    Maps {
        sameSize(baseColor.width(), baseColor.height(), normal.width(), normal.height());
        check("height", height, baseColor);
        check("roughness", roughness, baseColor);
        check("occlusion", occlusion, baseColor);
        check("metalness", metalness, baseColor);
        var size = baseColor;
        opacity.ifPresent(plane -> check("opacity", plane, size));
    }

    /** Returns the width of all maps in texels. */
    int width() {
        return baseColor.width();
    }

    /** Returns the same maps with other slopes and another roughness; height stays 0 to 1, its reach is the material's. */
    Maps with(Finish finish) {
        return new Maps(
                baseColor,
                height,
                finish.relief() == 1 ? normal : normal.steeper(finish.relief()),
                finish.roughness() == 1 ? roughness : roughness.times(finish.roughness()),
                occlusion,
                metalness,
                opacity);
    }

    private static void sameSize(int width, int height, int otherWidth, int otherHeight) {
        if (width != otherWidth || height != otherHeight) {
            throw new IllegalArgumentException("maps of one material are of one size, not %dx%d and %dx%d"
                    .formatted(width, height, otherWidth, otherHeight));
        }
    }

    private static void check(String name, Plane plane, Texels size) {
        sameSize(size.width(), size.height(), plane.width(), plane.height());
        for (var value : plane.values()) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException(name + " is 0 to 1, not " + value);
            }
        }
    }
}
