package dev.tryon.fabric;

import java.util.List;

/**
 * A thing of known size that was found in a view.
 *
 * @param millimetresPerPixel of the view, where the thing's face is
 * @param thicknessMillimetres by which its face is nearer to the camera than the cloth
 * @param confidence that it is the thing, 0..1
 * @param outline corners of a rectangle that holds it, in pixels of the view
 */
record ScaleMark(double millimetresPerPixel, double thicknessMillimetres, double confidence, List<Spot> outline) {
    /** Copies the outline. */
    ScaleMark {
        outline = List.copyOf(outline);
    }
}
