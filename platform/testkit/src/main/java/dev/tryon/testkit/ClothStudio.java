package dev.tryon.testkit;

import dev.tryon.spi.Frame;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Takes photographs of swatches on a table as phones take them: aslant, in uneven light, a little blurred and noisy.
 *
 * <p>Everything about a photograph follows from its seed. Thread-safe.
 */
public final class ClothStudio {
    private static final int SAMPLES = 2;
    private static final double LEAST_TILES = 1.6;
    private static final double MOST_TILES = 3.2;
    private static final double LEAST_SWATCH = 90;
    private static final double MOST_SWATCH = 180;
    /** Share of the picture that holds what lies with a swatch. */
    private static final double FRAMED = 0.97;

    private static final double DEGREE = Math.PI / 180;

    private final FrameCodec codec;
    private final int width;
    private final int height;

    /**
     * Makes a studio for pictures of one size.
     *
     * @param codec to write JPEG with; must stay open
     */
    public ClothStudio(FrameCodec codec, int width, int height) {
        this.codec = codec;
        this.width = width;
        this.height = height;
    }

    /**
     * Photographs a material.
     *
     * @param seed of everything about the photograph
     */
    public ClothPhotograph photograph(ClothMaps maps, long seed) {
        var random = new SplittableRandom(seed);
        var swatchWidth = maps.millimetres() * random.nextDouble(LEAST_TILES, MOST_TILES);
        return photograph(maps, random, swatchWidth, Optional.empty());
    }

    /**
     * Photographs a material with a thing of known size; the swatch is as large as people cut them, 9 to 18 cm.
     *
     * @param seed of everything about the photograph
     */
    public ClothPhotograph photograph(ClothMaps maps, long seed, ClothReference reference) {
        var random = new SplittableRandom(seed);
        var swatchWidth = random.nextDouble(LEAST_SWATCH, MOST_SWATCH);
        return photograph(maps, random, swatchWidth, Optional.of(reference));
    }

    private ClothPhotograph photograph(
            ClothMaps maps, SplittableRandom random, double swatchWidth, Optional<ClothReference> reference) {
        var swatchHeight = swatchWidth * random.nextDouble(0.75, 1.2);
        var fromRight = random.nextDouble(maps.millimetres());
        var fromDown = random.nextDouble(maps.millimetres());
        // A stream of its own: without a thing, a photograph is what it was.
        var placed = reference.map(thing -> PlacedThing.of(thing, swatchWidth, swatchHeight, random.split()));
        var inside = placed.map(PlacedThing::places).orElse(List.of());
        var camera = camera(random, swatchWidth, swatchHeight, inside);
        var light = light(random);
        var slope = random.nextDouble(0.8);
        var blur = random.nextDouble(1.1);
        var noise = random.nextDouble(0.5, 4);

        var large = camera.enlarged(SAMPLES);
        var picture = table(large, maps, random);
        new ClothRenderer(maps, light, large, picture)
                .draw(ClothShape.flat(swatchWidth, swatchHeight, fromRight, fromDown));
        placed.ifPresent(thing -> thing.draw(new ThingRenderer(large, light, picture)));
        var film = Film.folded(picture, large.width(), SAMPLES);
        expose(film, slope, random);
        Film.blur(film, width, blur);
        byte[] jpeg;
        try (Frame frame = Film.developed(film, width, noise, random)) {
            jpeg = codec.encode(frame, PictureFormat.JPEG, random.nextInt(78, 96));
        }
        var corners = corners(camera, swatchWidth, swatchHeight);
        return new ClothPhotograph(
                jpeg,
                new ClothTruth(
                        corners,
                        swatchWidth,
                        swatchHeight,
                        fromRight,
                        fromDown,
                        maps.millimetres(),
                        maps.repeat(),
                        camera.focal()
                                * width
                                / camera.seen(new Vector(0, 0, 0)).z(),
                        new ClothTruth.Light(
                                light.direction().x(),
                                light.direction().y(),
                                light.direction().z()),
                        slope,
                        blur,
                        noise));
    }

    private ClothCamera camera(
            SplittableRandom random, double swatchWidth, double swatchHeight, List<Vector> alsoInside) {
        var tilt = random.nextDouble(34) * DEGREE;
        var turn = random.nextDouble(2 * Math.PI);
        var roll = random.nextDouble(-18, 18) * DEGREE;
        var focal = random.nextDouble(0.85, 1.35);
        var away = new Vector(Math.sin(tilt) * Math.cos(turn), Math.sin(tilt) * Math.sin(turn), Math.cos(tilt));
        var share = random.nextDouble(0.66, 0.84);
        var aim = new Vector(
                swatchWidth * random.nextDouble(-0.06, 0.06), swatchHeight * random.nextDouble(-0.06, 0.06), 0);
        // Steps back until the swatch is in the picture with a border around it.
        var distance = swatchWidth;
        while (true) {
            var camera = ClothCamera.at(aim.plus(away.times(distance)), aim, roll, focal, width, height);
            if (corners(camera, swatchWidth, swatchHeight).stream()
                            .allMatch(corner ->
                                    within(corner.x(), width, share) && within(corner.y(), height, share + 0.08))
                    && alsoInside.stream()
                            .map(camera::seen)
                            .allMatch(seen -> within(seen.x(), width, FRAMED) && within(seen.y(), height, FRAMED))) {
                return camera;
            }
            distance *= 1.03;
        }
    }

    private static boolean within(double place, int side, double share) {
        return Math.abs(place / side - 0.5) < share / 2;
    }

    private static ClothLight light(SplittableRandom random) {
        var height = random.nextDouble(34, 78) * DEGREE;
        var turn = random.nextDouble(2 * Math.PI);
        var direction =
                new Vector(Math.cos(height) * Math.cos(turn), Math.cos(height) * Math.sin(turn), Math.sin(height));
        return new ClothLight(direction, random.nextDouble(0.55, 0.85), random.nextDouble(0.25, 0.5));
    }

    private static List<ClothTruth.Corner> corners(ClothCamera camera, double swatchWidth, double swatchHeight) {
        var x = swatchWidth / 2;
        var y = swatchHeight / 2;
        return List.of(new Vector(-x, y, 0), new Vector(x, y, 0), new Vector(x, -y, 0), new Vector(-x, -y, 0)).stream()
                .map(camera::seen)
                .map(seen -> new ClothTruth.Corner(seen.x(), seen.y()))
                .toList();
    }

    /** A table top whose lightness is not the cloth's: boards with a grain. */
    private static float[] table(ClothCamera camera, ClothMaps maps, SplittableRandom random) {
        var mean = new float[ClothMaps.CHANNELS];
        maps.sample(0, 0, 99, mean);
        var dark = mean[1] > 0.2;
        var tone = dark ? random.nextDouble(0.03, 0.08) : random.nextDouble(0.45, 0.75);
        var warm = random.nextDouble(0.7, 1);
        var period = random.nextDouble(9, 30) * SAMPLES;
        var lean = random.nextDouble(-0.3, 0.3);
        var table = new float[3 * camera.width() * camera.height()];
        for (var pixel = 0; pixel < table.length / 3; pixel++) {
            var x = pixel % camera.width();
            var line = pixel / camera.width();
            var y = line + lean * x;
            var grain = Math.sin(y / period + 2 * Math.sin(x / (period * 31)) + Math.sin(y / (period * 5.3)))
                    + 0.4 * Math.sin(y * 2.7 / period + x / (period * 17));
            var value = tone * (1 + 0.07 * grain);
            table[3 * pixel] = (float) value;
            table[3 * pixel + 1] = (float) (value * (0.6 + 0.4 * warm));
            table[3 * pixel + 2] = (float) (value * warm * warm);
        }
        return table;
    }

    /** Light that falls off to one side and to the corners, and a white balance that is a little off. */
    private void expose(float[] film, double slope, SplittableRandom random) {
        var turn = random.nextDouble(2 * Math.PI);
        var vignette = random.nextDouble(0.35);
        var balance = new double[] {random.nextDouble(0.93, 1.07), 1, random.nextDouble(0.93, 1.07)};
        for (var at = 0; at < film.length; at++) {
            var pixel = at / 3;
            var line = pixel / width;
            var x = (pixel % width + 0.5) / width - 0.5;
            var y = (line + 0.5) / width - 0.5 * height / width;
            var ramp = 1 + slope * (x * Math.cos(turn) + y * Math.sin(turn));
            film[at] *= (float) (ramp * (1 - vignette * 2 * (x * x + y * y)) * balance[at % 3]);
        }
    }
}
