package dev.tryon.fabric;

import dev.tryon.spi.MaterialFacts.Sheen;
import dev.tryon.spi.Rgb;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/** What is known of the surface of each class of cloth before one looks closely. */
final class ClassSurface {
    /** How steep cloth of yarns is made: {@code YARN * contrast}, at most {@code YARN_MOST}. */
    private static final double YARN = 9;

    private static final double YARN_MOST = 0.45;
    private static final double KNIT_MOST = 0.5;
    /** How steep skin and pile are made, likewise. */
    private static final double SKIN = 1.2;

    private static final double SKIN_MOST = 0.09;
    /** Contrast that relief alone makes at most: beyond it light grazes, or yarns are of several colours. */
    private static final double MOST_SHADE = 0.2;
    /** Orders: up to the first there are no yarns, from the second on they lie in rows. */
    private static final double NO_ORDER = 0.05;

    private static final double ORDER = 0.2;
    /** Tails: up to the first shades are those of yarns, from the second on mostly shine or dye. */
    private static final double YARN_TAIL = 3.5;

    private static final double SHINE_TAIL = 5.5;
    /** Share of the relief that is not believed in where shades may as well be dye or shine. */
    private static final double DOUBT = 0.8;

    private ClassSurface() {}

    /**
     * Returns how steep a cloth of this class is made: less than it is, the less its shades tell where its slopes are.
     *
     * @param belief in the class, 0..1
     * @return root of the mean square slope
     */
    static double slope(FabricClass kind, double belief, ClothTraits traits) {
        var contrast = traits.contrast();
        var fall = contrast <= MOST_SHADE ? 1 : Math.pow(MOST_SHADE / contrast, 1.5);
        var shine = Math.clamp((traits.tails() - YARN_TAIL) / (SHINE_TAIL - YARN_TAIL), 0, 1);
        var yarn = fall
                * (1 - DOUBT * Math.max(Shades.dyed(traits.chroma()), shine))
                * Math.min(YARN_MOST, YARN * contrast);
        var skin = Math.min(SKIN_MOST, SKIN * contrast);
        var order = Math.clamp((traits.order() - NO_ORDER) / (ORDER - NO_ORDER), 0, 1);
        var any = order * yarn + (1 - order) * skin;
        var own =
                switch (kind) {
                    case WOVEN -> yarn;
                    case KNIT -> fall * Math.min(KNIT_MOST, YARN * contrast);
                    case DENIM -> Math.min(0.3, 3 * contrast);
                    case LEATHER -> skin;
                    case SILK -> Math.min(0.03, 0.3 * contrast);
                    case VELVET -> Math.min(0.15, 5 * contrast);
                    case LACE -> Math.min(0.06, 0.3 * contrast);
                    case PRINT -> Math.min(0.06, 0.3 * contrast);
                };
        // What is taken for flat is made flat: too steep a guess does more harm than one too flat.
        return own < any ? own : belief * own + (1 - belief) * any;
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
