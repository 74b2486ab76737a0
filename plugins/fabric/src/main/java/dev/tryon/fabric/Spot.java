package dev.tryon.fabric;

/**
 * A place in a picture, or the way from one to another.
 *
 * @param x to the right
 * @param y down
 */
record Spot(double x, double y) {
    /** Returns the sum of both. */
    Spot plus(Spot other) {
        return new Spot(x + other.x, y + other.y);
    }

    /** Returns the way from the other to here. */
    Spot minus(Spot other) {
        return new Spot(x - other.x, y - other.y);
    }

    /** Returns this many times the way. */
    Spot times(double factor) {
        return new Spot(factor * x, factor * y);
    }

    /** Returns how long the way is. */
    double length() {
        return Math.hypot(x, y);
    }

    /** Returns the area that both ways span, above 0 where the other turns clockwise from this one as people see it. */
    double cross(Spot other) {
        return x * other.y - y * other.x;
    }
}
