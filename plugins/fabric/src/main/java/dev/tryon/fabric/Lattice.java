package dev.tryon.fabric;

/**
 * The two shortest ways, in millimetres, by which a pattern can be moved onto itself; y down.
 *
 * @param firstX to the right
 * @param firstY down
 * @param secondX to the right
 * @param secondY down
 */
record Lattice(double firstX, double firstY, double secondX, double secondY) {
    /** Checks that the two ways do not lie on one line. */
    Lattice {
        if (Math.abs(firstX * secondY - firstY * secondX) < 1e-9) {
            throw new IllegalArgumentException("a lattice needs two directions");
        }
    }

    /**
     * Returns how far a way is from one that moves the pattern onto itself, in millimetres.
     *
     * @param x to the right
     * @param y down
     */
    double distance(double x, double y) {
        var area = firstX * secondY - firstY * secondX;
        var first = Math.rint((x * secondY - y * secondX) / area);
        var second = Math.rint((firstX * y - firstY * x) / area);
        return Math.hypot(x - first * firstX - second * secondX, y - first * firstY - second * secondY);
    }

    /** The same in yarns: ends or wales to the right, picks or courses down. */
    record Steps(int firstRight, int firstDown, int secondRight, int secondDown) {
        /** Returns the lattice for yarns so many millimetres apart. */
        Lattice of(double right, double down) {
            return new Lattice(firstRight * right, firstDown * down, secondRight * right, secondDown * down);
        }
    }
}
