package dev.tryon.testkit;

/**
 * A photograph of a swatch that the project drew, with the truth about it.
 *
 * @param jpeg the photograph
 * @param truth what is known of it
 */
@SuppressWarnings("ArrayRecordComponent") // photographs are never compared
public record ClothPhotograph(byte[] jpeg, ClothTruth truth) {}
