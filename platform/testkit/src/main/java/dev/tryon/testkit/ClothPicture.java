package dev.tryon.testkit;

import dev.tryon.spi.Frame;
import java.util.SplittableRandom;

/** Pictures of a material as a shop would show it: on a ball and hanging in folds. Thread-safe. */
public final class ClothPicture {
    private static final int SAMPLES = 2;
    private static final ClothLight STUDIO = new ClothLight(new Vector(-0.5, 0.62, 0.6).unit(), 0.9, 0.42);

    private ClothPicture() {}

    /**
     * Draws a ball that the cloth is wrapped around.
     *
     * @param size of the picture in pixels, each way
     * @return the caller closes it
     */
    public static Frame ball(ClothMaps maps, int size) {
        var radius = maps.millimetres() * 0.9;
        var eye = new Vector(0, 0, radius * 6);
        return draw(maps, ClothShape.ball(radius), ClothCamera.at(eye, new Vector(0, 0, 0), 0, 2.7, size, size));
    }

    /**
     * Draws a cloth that hangs in folds, some five tiles wide.
     *
     * @param size of the picture in pixels, each way
     * @return the caller closes it
     */
    public static Frame drape(ClothMaps maps, int size) {
        var width = maps.millimetres() * 5;
        var eye = new Vector(0.35 * width, 0.42 * width, 2.9 * width);
        var aim = new Vector(0, 0, 0.05 * width);
        return draw(maps, ClothShape.drape(width, width), ClothCamera.at(eye, aim, 0, 2.6, size, size));
    }

    private static Frame draw(ClothMaps maps, ClothShape shape, ClothCamera camera) {
        var large = camera.enlarged(SAMPLES);
        var picture = new float[3 * large.width() * large.height()];
        for (var pixel = 0; pixel < picture.length / 3; pixel++) {
            var line = pixel / large.width();
            var row = line / (double) large.height();
            for (var channel = 0; channel < 3; channel++) {
                picture[3 * pixel + channel] = (float) (0.30 - 0.16 * row + 0.008 * channel);
            }
        }
        new ClothRenderer(maps, STUDIO, large, picture).draw(shape);
        return Film.developed(Film.folded(picture, large.width(), SAMPLES), camera.width(), 0, new SplittableRandom(0));
    }
}
