package dev.tryon.testkit;

/**
 * The light of a picture: one lamp or window, and what comes from all around.
 *
 * @param direction towards the lamp, unit
 * @param strength of the lamp
 * @param around strength of the light from all sides, most from above
 */
record ClothLight(Vector direction, double strength, double around) {}
