package dev.tryon.compute;

/** Why a frame that waited is not served. */
public enum Drop {
    /** It could not be answered within its budget any more. */
    EXPIRED,
    /** Its engine rests after it hung. */
    OVERLOADED
}
