package dev.tryon.fabric;

/**
 * The size of the cloth that the maps show once.
 *
 * @param widthMillimetres above 0
 * @param heightMillimetres above 0
 */
record TileSize(double widthMillimetres, double heightMillimetres) {
    private static final double MILLIMETRES_PER_INCH = 25.4;

    /** Checks that both are sizes. */
    TileSize {
        if (!(widthMillimetres > 0 && heightMillimetres > 0)) {
            throw new IllegalArgumentException(
                    "no cloth is " + widthMillimetres + " mm by " + heightMillimetres + " mm");
        }
    }

    /** Returns how many texels lie on an inch to the right, of so many across the width. */
    double dotsPerInch(int widthTexels) {
        return widthTexels * MILLIMETRES_PER_INCH / widthMillimetres;
    }

    /** Returns how many texels lie on an inch down, of so many across the height. */
    double dotsPerInchDown(int heightTexels) {
        return heightTexels * MILLIMETRES_PER_INCH / heightMillimetres;
    }
}
