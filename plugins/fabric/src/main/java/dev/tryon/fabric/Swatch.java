package dev.tryon.fabric;

import dev.tryon.spi.MaterialFacts.Sheen;
import dev.tryon.spi.MaterialFacts.TileSize;
import dev.tryon.spi.Rgb;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cloth of our own making, woven anew at any size.
 *
 * @param id of the material
 * @param title of the material
 * @param kind of the material
 * @param tags of the material
 * @param millimetres side of the tile
 * @param repeat how the pattern repeats within the tile, where it does
 * @param sheen of the material
 * @param mill makes the cloth
 */
record Swatch(
        String id,
        String title,
        FabricClass kind,
        List<String> tags,
        double millimetres,
        Optional<Lattice> repeat,
        Optional<Sheen> sheen,
        Mill mill) {

    /** The tartan's sett, a pattern of our own: it runs to its pivot and back. */
    private static final List<Fibre> SETT = sett();

    /** All swatches, in the order to be shown. */
    static final List<Swatch> ALL = Stream.of(woven(), knitted(), soft(), patterned())
            .flatMap(List::stream)
            .toList();

    /**
     * Makes the material; about two seconds at 1024. Thread-safe.
     *
     * @param size of the maps in texels: a power of two, 64 to 2048
     * @param work some hundred steps are done of it
     */
    Material make(int size, Steps work) {
        if (size < 64 || size > 2048 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("a swatch is made at a power of two from 64 to 2048, not " + size);
        }
        var finished = mill.make(size * Cloth.OVERSAMPLING, millimetres, work).finish(work);
        return new Material(
                id,
                title,
                kind,
                tags,
                Optional.of(new TileSize(millimetres, millimetres)),
                finished.relief(),
                finished.maps(),
                repeat,
                sheen);
    }

    private static List<Swatch> woven() {
        var khaki = Fibre.cotton("#9b8660");
        var flax = Fibre.linen("#c9b896");
        var indigo = Fibre.cotton("#11345e").worn(0.1).uneven(0.24);
        return List.of(
                loom(
                        "cotton-twill",
                        "Cotton twill",
                        FabricClass.WOVEN,
                        List.of("cotton", "twill", "workwear"),
                        32,
                        new Loom(
                                Draft.twill(2, 2),
                                72,
                                64,
                                List.of(khaki),
                                List.of(khaki.dyed("#a8946c")),
                                1.12,
                                1.0,
                                1.15,
                                0.12,
                                0.04),
                        new Lattice.Steps(1, -1, 0, 4)),
                loom(
                        "linen-plain",
                        "Plain linen",
                        FabricClass.WOVEN,
                        List.of("linen", "plain weave", "summer"),
                        36,
                        new Loom(
                                Draft.plain(),
                                52,
                                48,
                                List.of(flax),
                                List.of(flax.dyed("#d2c3a3")),
                                0.82,
                                0.8,
                                1,
                                0.5,
                                0.12),
                        new Lattice.Steps(1, 1, 2, 0)),
                loom(
                        "denim",
                        "Indigo denim",
                        FabricClass.DENIM,
                        List.of("cotton", "denim", "jeans"),
                        30,
                        new Loom(
                                Draft.twill(3, 1),
                                84,
                                60,
                                List.of(indigo),
                                List.of(Fibre.cotton("#c4bfb2")),
                                1.26,
                                0.72,
                                0.8,
                                0.34,
                                0.06),
                        new Lattice.Steps(1, -1, 0, 4)));
    }

    private static List<Swatch> soft() {
        var silk = Fibre.silk("#2f6f62");
        var velvet = Fibre.silk("#5f1742").rough(0.85);
        return List.of(
                loom(
                                "silk-satin",
                                "Silk satin",
                                FabricClass.SILK,
                                List.of("silk", "satin", "evening"),
                                24,
                                new Loom(
                                        Draft.satin(8, 3),
                                        192,
                                        96,
                                        List.of(silk),
                                        List.of(silk),
                                        1.5,
                                        0.62,
                                        0.3,
                                        0.08,
                                        0.03),
                                new Lattice.Steps(1, 3, 0, 8))
                        .pressed(0.16)
                        .shining("#4c8a7a", 0.35),
                new Swatch(
                                "velvet",
                                "Plum velvet",
                                FabricClass.VELVET,
                                List.of("velvet", "evening", "curtain"),
                                40,
                                Optional.empty(),
                                Optional.empty(),
                                (size, side, work) -> new Pile(velvet, 34, 0.75).cut(size, side, 11, work))
                        .shining("#94466f", 0.45),
                new Swatch(
                        "leather",
                        "Grained leather",
                        FabricClass.LEATHER,
                        List.of("leather", "jacket", "bag"),
                        60,
                        Optional.empty(),
                        Optional.empty(),
                        (size, side, work) -> new Hide(Rgb.parse("#5a3722"), 34).tan(size, side, 23, work)),
                new Swatch(
                        "lace",
                        "Flowered lace",
                        FabricClass.LACE,
                        List.of("lace", "wedding", "net"),
                        64,
                        Optional.of(new Lattice(32, 32, 64, 0)),
                        Optional.empty(),
                        (size, side, work) -> new Lace(Fibre.cotton("#eee7da")).make(size, side, 31, work)));
    }

    private Swatch shining(String color, double roughness) {
        return new Swatch(
                id, title, kind, tags, millimetres, repeat, Optional.of(new Sheen(Rgb.parse(color), roughness)), mill);
    }

    private Swatch pressed(double share) {
        Mill pressing = (size, side, work) -> mill.make(size, side, work).pressed(share);
        return new Swatch(id, title, kind, tags, millimetres, repeat, sheen, pressing);
    }

    private static List<Swatch> knitted() {
        return List.of(
                knit(
                        "jersey-knit",
                        "Merino jersey",
                        List.of("wool", "jersey", "knit"),
                        36,
                        new Needles(Fibre.merino("#7f2e35"), 26, 34, 0, 0.72)),
                knit(
                        "rib-knit",
                        "Ribbed knit",
                        List.of("wool", "rib", "knit", "jumper"),
                        44,
                        new Needles(Fibre.merino("#53665a"), 32, 36, 2, 0.74)));
    }

    private static Swatch knit(String id, String title, List<String> tags, double millimetres, Needles needles) {
        var repeat = new Lattice.Steps(Math.max(1, 2 * needles.rib()), 0, 0, 1)
                .of(millimetres / needles.wales(), millimetres / needles.courses());
        return new Swatch(
                id,
                title,
                FabricClass.KNIT,
                tags,
                millimetres,
                Optional.of(repeat),
                Optional.empty(),
                (size, side, work) -> {
                    var field = new YarnField(size, side, work);
                    needles.knit(field, side, id.hashCode());
                    new Fuzz(1.2, 2.2, 0.014, 2).strew(field, side, id.hashCode() + 99);
                    return new Shading(0.9 * side / needles.courses()).shade(field, side, Shading.Ground.DARK);
                });
    }

    private static List<Swatch> patterned() {
        var black = Fibre.wool("#1d1c1e");
        var cream = Fibre.wool("#e4dcca");
        var four = Stream.of(black, cream)
                .flatMap(wool -> IntStream.range(0, 4).mapToObj(_ -> wool))
                .toList();
        return List.of(
                loom(
                        "tartan",
                        "Heather tartan",
                        FabricClass.WOVEN,
                        List.of("wool", "tartan", "check"),
                        72,
                        new Loom(Draft.twill(2, 2), 144, 144, SETT, SETT, 1.1, 1.1, 1, 0.12, 0.04),
                        new Lattice.Steps(144, 0, 0, 144)),
                loom(
                        "herringbone",
                        "Herringbone tweed",
                        FabricClass.WOVEN,
                        List.of("wool", "tweed", "coat"),
                        50,
                        new Loom(
                                Draft.herringbone(12),
                                72,
                                72,
                                List.of(Fibre.wool("#5c5349")),
                                List.of(Fibre.wool("#b9ab93")),
                                1.1,
                                1.06,
                                1,
                                0.2,
                                0.05),
                        new Lattice.Steps(24, 0, 0, 4)),
                loom(
                        "houndstooth",
                        "Houndstooth wool",
                        FabricClass.WOVEN,
                        List.of("wool", "houndstooth", "check"),
                        48,
                        new Loom(Draft.twill(2, 2), 64, 64, four, four, 1.1, 1.1, 1, 0.14, 0.04),
                        new Lattice.Steps(8, 0, 0, 8)));
    }

    private static List<Fibre> sett() {
        var stripes = List.of(
                new Stripe("#232b3d", 20),
                new Stripe("#6d2f3f", 4),
                new Stripe("#232b3d", 4),
                new Stripe("#2f4a3c", 24),
                new Stripe("#d8cfb4", 2),
                new Stripe("#2f4a3c", 6),
                new Stripe("#5d4a6e", 12));
        var half = stripes.stream().flatMap(stripe -> stripe.yarns().stream()).toList();
        return Stream.concat(half.stream(), half.reversed().stream()).toList();
    }

    /** So many yarns of one colour side by side. */
    private record Stripe(String color, int count) {
        List<Fibre> yarns() {
            return Collections.nCopies(count, Fibre.wool(color));
        }
    }

    private static Swatch loom(
            String id,
            String title,
            FabricClass kind,
            List<String> tags,
            double millimetres,
            Loom loom,
            Lattice.Steps steps) {
        var repeat = steps.of(millimetres / loom.ends(), millimetres / loom.picks());
        return new Swatch(
                id, title, kind, tags, millimetres, Optional.of(repeat), Optional.empty(), (size, side, work) -> {
                    var field = new YarnField(size, side, work);
                    loom.weave(field, side, id.hashCode());
                    if (loom.warp().getFirst().roughness() > 0.85) {
                        new Fuzz(1.4, 2, 0.014, 2).strew(field, side, id.hashCode() + 99);
                    }
                    return new Shading(0.6 * side / loom.picks()).shade(field, side, Shading.Ground.DARK);
                });
    }

    /** Makes a cloth. */
    @FunctionalInterface
    interface Mill {
        /** Makes a square of so many texels and millimetres a side. */
        Cloth make(int size, double millimetres, Steps work);
    }
}
