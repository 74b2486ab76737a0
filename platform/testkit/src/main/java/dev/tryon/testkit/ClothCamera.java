package dev.tryon.testkit;

/**
 * A camera without distortion.
 *
 * @param eye where it is
 * @param forward where it looks, unit
 * @param right what is right in the picture, unit
 * @param up what is up in the picture, unit
 * @param focal length in picture widths
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 */
record ClothCamera(Vector eye, Vector forward, Vector right, Vector up, double focal, int width, int height) {
    /**
     * Returns a camera that looks at a place.
     *
     * @param roll around its axis, in radians
     */
    static ClothCamera at(Vector eye, Vector aim, double roll, double focal, int width, int height) {
        var forward = aim.minus(eye).unit();
        var level = forward.cross(new Vector(0, 1, 0)).unit();
        var above = level.cross(forward);
        var right = level.times(Math.cos(roll)).plus(above.times(Math.sin(roll)));
        return new ClothCamera(eye, forward, right, right.cross(forward), focal, width, height);
    }

    /** Returns where in the picture a place is seen: x and y in pixels from the upper left corner, z its distance. */
    Vector seen(Vector place) {
        var away = place.minus(eye);
        var distance = away.dot(forward);
        var scale = focal * width / distance;
        return new Vector(width / 2.0 + scale * away.dot(right), height / 2.0 - scale * away.dot(up), distance);
    }

    /** Returns the same camera with a picture this many times as large. */
    ClothCamera enlarged(int factor) {
        return new ClothCamera(eye, forward, right, up, focal, factor * width, factor * height);
    }
}
