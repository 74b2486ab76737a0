package dev.tryon.nails;

/**
 * Where a nail may be: the middle of a crop to look at closely.
 *
 * @param x in frame pixels
 * @param y in frame pixels
 * @param size of the nail, its longer side, in frame pixels
 * @param probability 0..1 that there is one
 */
record Place(double x, double y, double size, double probability) {
    /** Returns the distance to another place, over the smaller of both sizes. */
    double distance(Place other) {
        return Math.hypot(x - other.x, y - other.y) / Math.min(size, other.size);
    }
}
