package dev.tryon.spi;

/**
 * One thing that an engine found in a frame: a nail, a face.
 *
 * @param label what it is
 * @param centerX in frame pixels
 * @param centerY in frame pixels
 * @param length along its axis, in frame pixels
 * @param width across its axis, in frame pixels
 * @param angleRadians of its axis, base to tip, from the x axis towards the y axis (down)
 * @param confidence 0..1
 */
public record Detection(
        String label,
        double centerX,
        double centerY,
        double length,
        double width,
        double angleRadians,
        double confidence) {}
