package dev.tryon.fabric;

/**
 * The part of a photo that is cloth.
 *
 * @param corners in pixels of the photo
 * @param origin how they are known
 * @param confidence that they are right, 0..1
 */
record PhotoSwatch(Corners corners, Origin origin, double confidence) {
    /** How the corners of a swatch are known. */
    enum Origin {
        /** A person gave them. */
        GIVEN,
        /** The cloth stood out from what it lies on. */
        FOUND,
        /** The cloth fills the photo. */
        WHOLE_PHOTO
    }
}
