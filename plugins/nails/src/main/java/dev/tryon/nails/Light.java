package dev.tryon.nails;

/** A colour in linear light. @param red 0..1 @param green 0..1 @param blue 0..1 */
record Light(float red, float green, float blue) {}
