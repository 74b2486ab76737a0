package dev.tryon.nails;

import dev.tryon.spi.Detection;

/**
 * A nail as seen in one frame.
 *
 * @param shape where it lies
 * @param found the finder's probability, 0..1: what the wider view says
 * @param certainty the refiner's probability, 0..1, that a nail is there and where its mask is
 */
record Sighting(NailShape shape, double found, double certainty) {
    /**
     * Returns how sure the nail is, 0..1: the geometric mean of both networks, the refiner counting twice. Measured on
     * held-out pictures it parts nails from what looks like nails better than either alone.
     */
    double confidence() {
        return Math.cbrt(found * certainty * certainty);
    }

    /** Returns the place to look for it again. */
    Place place() {
        return new Place(shape.centerX(), shape.centerY(), shape.size(), found);
    }

    /** Returns it with the doubts of an earlier look at the same nail. */
    Sighting after(Sighting earlier) {
        return new Sighting(shape, found, Math.sqrt(certainty * earlier.certainty));
    }

    /** Returns whether both are the same nail: the middle of one lies on the other. */
    boolean sameAs(Sighting other) {
        return shape.contains(other.shape.centerX(), other.shape.centerY())
                || other.shape.contains(shape.centerX(), shape.centerY());
    }

    /** Returns it as the platform is told. */
    Detection detection() {
        return new Detection(
                "nail",
                shape.centerX(),
                shape.centerY(),
                shape.length(),
                shape.width(),
                shape.angleRadians(),
                confidence());
    }
}
