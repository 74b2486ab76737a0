package dev.tryon.fabric;

import dev.tryon.spi.MaterialFacts.Sheen;
import dev.tryon.spi.Rgb;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/** What is known of the surface of each class of cloth before one looks closely. */
final class ClassSurface {
    /** How steep unclassified cloth is made: {@code ANY * contrast * (1 + contrast / BEND)}, at most {@code ANY_MOST}. */
    private static final double ANY = 0.45;

    private static final double BEND = 0.1;
    private static final double ANY_MOST = 0.26;
    /** Contrast that relief alone makes at most. */
    private static final double MOST_SHADE = 0.22;

    private ClassSurface() {}

    /**
     * Returns how steep a cloth of this class is made.
     *
     * @param belief in the class, 0..1
     * @param contrast of its shades, spread of the logarithm of luminance
     * @param dye share of the brightness that goes with hue, 0..1
     * @return root of the mean square slope
     */
    static double slope(FabricClass kind, double belief, double contrast, double dye) {
        // Caves are never that dark: what contrasts more are yarns of several colours.
        var shade = contrast <= MOST_SHADE ? contrast : MOST_SHADE * MOST_SHADE / contrast;
        // What is left of a print's brightness without its dyes is hardly relief either.
        var relief = 1 - 0.7 * dye;
        var any = Math.min(ANY_MOST, relief * ANY * shade * (1 + shade / BEND));
        var own =
                switch (kind) {
                    case WOVEN -> Math.min(0.28, 1.2 * relief * shade);
                    case KNIT -> Math.min(0.36, 2 * shade);
                    case DENIM -> Math.min(0.2, 1.0 * shade);
                    case LEATHER -> Math.min(0.12, shade);
                    case SILK -> Math.min(0.05, 0.3 * shade);
                    case VELVET -> Math.min(0.15, 1.2 * shade);
                    case LACE -> Math.min(0.2, 0.6 * shade);
                    case PRINT -> Math.min(0.06, 0.25 * shade);
                };
        return belief * own + (1 - belief) * any;
    }

    /** Returns how rough a cloth of this class is, 0..1. */
    static double roughness(FabricClass kind) {
        return switch (kind) {
            case WOVEN -> 0.75;
            case KNIT -> 0.85;
            case DENIM -> 0.82;
            case LEATHER -> 0.43;
            case SILK -> 0.34;
            case VELVET -> 0.85;
            case LACE -> 0.85;
            case PRINT -> 0.74;
        };
    }

    /** Returns what the fibres of a cloth of this class scatter, where they do. @param base the colour map, BGR */
    static Optional<Sheen> sheen(FabricClass kind, Mat base) {
        var mean = Core.mean(base);
        return switch (kind) {
            case VELVET -> Optional.of(new Sheen(lighter(mean, 0.5), 0.35));
            case SILK -> Optional.of(new Sheen(lighter(mean, 0.25), 0.2));
            case WOVEN, KNIT, DENIM, LEATHER, LACE, PRINT -> Optional.empty();
        };
    }

    private static Rgb lighter(Scalar bgr, double share) {
        return new Rgb(lighter(bgr.val[2], share), lighter(bgr.val[1], share), lighter(bgr.val[0], share));
    }

    private static int lighter(double value, double share) {
        return (int) Math.round(value + share * (255 - value));
    }
}
