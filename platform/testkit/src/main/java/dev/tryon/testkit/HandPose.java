package dev.tryon.testkit;

import dev.tryon.spi.Rgb;
import java.util.List;

/**
 * How a rendered hand is held and lit.
 *
 * @param centerX of the palm, as a share of the picture's width
 * @param centerY of the palm, as a share of the picture's height
 * @param scale finger width as a share of the picture's height; 0.075 fills it well
 * @param angleRadians of the middle finger, 0 pointing up, growing clockwise
 * @param spread between neighbouring fingers, in radians
 * @param skin its colour in full light
 * @param light brightness of the scene, 1 being a bright room
 */
public record HandPose(
        double centerX, double centerY, double scale, double angleRadians, double spread, Rgb skin, double light) {

    /** Light skin, upright, in the middle. */
    public static final HandPose UPRIGHT = new HandPose(0.5, 0.72, 0.075, 0, 0.16, new Rgb(226, 178, 150), 1);

    /** Skin tones from light to dark. */
    public static final List<Rgb> SKINS = List.of(
            new Rgb(240, 202, 180),
            new Rgb(226, 178, 150),
            new Rgb(198, 142, 108),
            new Rgb(150, 98, 68),
            new Rgb(98, 62, 46));

    /** Returns the same hand a little further along a slow sway, for a video. @param turn 0..1, a full sway */
    public HandPose sway(double turn) {
        double swing = Math.sin(2 * Math.PI * turn);
        return new HandPose(
                centerX + 0.03 * swing,
                centerY + 0.02 * Math.cos(2 * Math.PI * turn),
                scale,
                angleRadians + 0.10 * swing,
                spread,
                skin,
                light);
    }
}
