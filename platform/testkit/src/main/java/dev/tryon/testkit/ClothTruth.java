package dev.tryon.testkit;

import java.util.List;
import java.util.Optional;

/**
 * What is known exactly of a photograph of a swatch.
 *
 * @param corners of the swatch in the picture, in pixels (0 is the picture's edge): upper left, upper right, lower right, lower left
 * @param widthMillimetres of the swatch
 * @param heightMillimetres of the swatch
 * @param fromRight where the swatch's upper left corner lies on the cloth, in millimetres from that of a tile
 * @param fromDown likewise
 * @param tileMillimetres side of the tile
 * @param repeat the two ways, x and y each in millimetres, by which the pattern moves onto itself; empty if it has none
 * @param pixelsPerMillimetre in the swatch's middle
 * @param light towards the lamp, unit: x right, y up, z out of the cloth
 * @param slope how much light differs from one side of the picture to the other, as a share of its mean
 * @param blurPixels sigma of the lens's blur
 * @param noise standard deviation, of 255
 */
public record ClothTruth(
        List<Corner> corners,
        double widthMillimetres,
        double heightMillimetres,
        double fromRight,
        double fromDown,
        double tileMillimetres,
        Optional<List<Double>> repeat,
        double pixelsPerMillimetre,
        Light light,
        double slope,
        double blurPixels,
        double noise) {

    /** Copies the corners and checks their number. */
    public ClothTruth {
        corners = List.copyOf(corners);
        repeat = repeat.map(List::copyOf);
        if (corners.size() != 4) {
            throw new IllegalArgumentException("a swatch has four corners, not " + corners.size());
        }
    }

    /** A place in the picture, in pixels from the upper left corner of the first. */
    public record Corner(double x, double y) {}

    /** A direction, unit. */
    public record Light(double x, double y, double z) {}
}
