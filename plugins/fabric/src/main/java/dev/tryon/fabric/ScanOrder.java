package dev.tryon.fabric;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.OptionSpec;
import dev.tryon.spi.Options;
import dev.tryon.spi.TryOnException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a photo is to be scanned.
 *
 * @param find where the swatch's corners come from
 * @param shares the four corners, clockwise from the top left, as shares of the photo's width and height
 * @param kind class of the cloth, where a person named it
 * @param side of the maps in texels
 * @param reference what lies with the swatch to tell its scale
 * @param widthMillimetres of the swatch, 0 where unknown
 * @param heightMillimetres of the swatch, 0 where unknown
 */
record ScanOrder(
        PhotoSwatch.Origin find,
        List<Spot> shares,
        Optional<FabricClass> kind,
        int side,
        Optional<ScaleReference> reference,
        double widthMillimetres,
        double heightMillimetres) {
    private static final String GUESS = "guess";
    private static final List<String> CORNER_NAMES = List.of("topLeft", "topRight", "bottomRight", "bottomLeft");
    private static final List<String> CORNER_TITLES = List.of("Top left", "Top right", "Bottom right", "Bottom left");
    private static final List<Spot> WHOLE = List.of(new Spot(0, 0), new Spot(1, 0), new Spot(1, 1), new Spot(0, 1));
    private static final double LARGEST_MILLIMETRES = 5000;
    private static final double SMALLEST_MILLIMETRES = 1;

    /** What a scan may choose. */
    static final List<OptionSpec> OPTIONS = options();

    /** Checks that a size that was given is one of a swatch. */
    ScanOrder {
        if (isTooSmall(widthMillimetres) || isTooSmall(heightMillimetres)) {
            throw noSize("The cloth is 1 to 5000 mm wide and high; say 0 where that is not known.");
        }
        var shape = Math.abs(Math.log(widthMillimetres / heightMillimetres));
        if (widthMillimetres > 0 && heightMillimetres > 0 && shape > Math.log(Aspect.MOST)) {
            throw noSize("The cloth is at most four times as long as it is wide: show less of its length.");
        }
    }

    private static boolean isTooSmall(double millimetres) {
        return millimetres > 0 && millimetres < SMALLEST_MILLIMETRES;
    }

    private static TryOnException noSize(String advice) {
        return new TryOnException(ErrorCode.INVALID_LOOK, advice, "a size that is not that of a swatch");
    }

    /**
     * Reads the options.
     *
     * @throws TryOnException with {@link ErrorCode#INVALID_LOOK} if the size that they give is not that of a swatch
     */
    static ScanOrder of(Options options) {
        var find =
                switch (options.choice("swatch")) {
                    case "corners" -> PhotoSwatch.Origin.GIVEN;
                    case "whole" -> PhotoSwatch.Origin.WHOLE_PHOTO;
                    default -> PhotoSwatch.Origin.FOUND;
                };
        var shares = CORNER_NAMES.stream()
                .map(name -> new Spot(options.number(name + "X"), options.number(name + "Y")))
                .toList();
        return new ScanOrder(
                find,
                shares,
                FabricClass.of(options.choice("class")),
                Integer.parseInt(options.choice("size")),
                ScaleReference.of(options.choice("reference")),
                options.number("widthMillimetres"),
                options.number("heightMillimetres"));
    }

    /**
     * Returns the corners in a photo of this size.
     *
     * @throws TryOnException if they are not those of a swatch
     */
    Corners corners(int width, int height) {
        var places = shares.stream()
                .map(share -> new Spot(share.x() * (width - 1), share.y() * (height - 1)))
                .toList();
        try {
            return new Corners(places.get(0), places.get(1), places.get(2), places.get(3));
        } catch (IllegalArgumentException failure) {
            throw new TryOnException(
                    ErrorCode.INVALID_LOOK,
                    "The four corners cross or lie on a line: give them clockwise, beginning at the top left.",
                    "corners that are not those of a swatch",
                    failure);
        }
    }

    /** Returns the swatch's width by its height: as given, else as the photo tells. */
    double aspect(Corners corners, int photoWidth, int photoHeight) {
        return widthMillimetres > 0 && heightMillimetres > 0
                ? widthMillimetres / heightMillimetres
                : Aspect.of(corners, photoWidth, photoHeight);
    }

    /** Returns whether a person gave the swatch's size. */
    boolean sized() {
        return widthMillimetres > 0 || heightMillimetres > 0;
    }

    /** Returns how wide the swatch is, where that was given. @param aspect its width by its height */
    Optional<Double> width(double aspect) {
        return sized()
                ? Optional.of(widthMillimetres > 0 ? widthMillimetres : heightMillimetres * aspect)
                : Optional.empty();
    }

    private static List<OptionSpec> options() {
        var options = new ArrayList<OptionSpec>();
        options.add(new OptionSpec.Choice("swatch", "Where the cloth is", List.of("find", "corners", "whole"), "find"));
        for (var i = 0; i < CORNER_NAMES.size(); i++) {
            var share = WHOLE.get(i);
            options.add(new OptionSpec.Range(
                    CORNER_NAMES.get(i) + "X", CORNER_TITLES.get(i) + " corner, from the left", 0, 1, share.x()));
            options.add(new OptionSpec.Range(
                    CORNER_NAMES.get(i) + "Y", CORNER_TITLES.get(i) + " corner, from the top", 0, 1, share.y()));
        }
        var kinds = Stream.concat(
                        Stream.of(GUESS), Arrays.stream(FabricClass.values()).map(FabricClass::word))
                .toList();
        options.add(new OptionSpec.Choice("class", "Kind of cloth", kinds, GUESS));
        options.add(new OptionSpec.Choice("size", "Size of the maps", List.of("512", "1024", "2048"), "1024"));
        options.add(new OptionSpec.Choice(
                "reference",
                "What lies flat with the cloth to tell its scale",
                ScaleReference.words(),
                ScaleReference.NONE));
        options.add(new OptionSpec.Range(
                "widthMillimetres", "Width of the cloth in the photo, in mm; 0: not known", 0, LARGEST_MILLIMETRES, 0));
        options.add(new OptionSpec.Range(
                "heightMillimetres",
                "Height of the cloth in the photo, in mm; 0: not known",
                0,
                LARGEST_MILLIMETRES,
                0));
        return List.copyOf(options);
    }
}
