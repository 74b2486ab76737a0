package dev.tryon.fabric;

/** Light that changes smoothly over a picture: the terms of a polynomial of second degree in the place. */
final class Quadratic {
    /** How many terms there are. */
    static final int TERMS = 6;

    private Quadratic() {}

    /**
     * Writes the terms of a pixel, its place from -1 to 1 each way.
     *
     * @param pixel counted along the rows
     * @param into {@link #TERMS} long
     */
    static void terms(int pixel, int width, int height, double[] into) {
        var row = pixel / width;
        var x = 2.0 * (pixel % width) / (width - 1) - 1;
        var y = 2.0 * row / (height - 1) - 1;
        into[0] = 1;
        into[1] = x;
        into[2] = y;
        into[3] = x * x;
        into[4] = x * y;
        into[5] = y * y;
    }
}
