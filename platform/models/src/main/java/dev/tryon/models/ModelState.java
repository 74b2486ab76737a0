package dev.tryon.models;

/** How far a published network is on this machine. */
public enum ModelState {
    /** Its file is not here. */
    ABSENT,
    /** Its file is here and is what it should be. */
    PRESENT,
    /** It is ready to be loaded. */
    IMPORTED,
    /** Its file is here and is not what it should be; it is not used. */
    CORRUPT
}
