package dev.tryon.testkit;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A thing that lies somewhere with a swatch whose middle is the origin.
 *
 * @param middle of the thing
 * @param turn of the thing against the clock, in radians
 * @param places that the camera is to see
 */
record PlacedThing(FlatThing thing, Vector middle, double turn, List<Vector> places) {
    private static final double LEAST_GAP = 5;
    private static final double MOST_GAP = 16;

    /** Lays a thing somewhere. */
    static PlacedThing of(ClothReference reference, double swatchWidth, double swatchHeight, SplittableRandom random) {
        return switch (reference) {
            case ClothReference.Coin coin -> {
                var face = new CoinFace(coin, random);
                var half = coin.diameterMillimetres() / 2;
                var middle = coin.where() == ClothReference.Where.BESIDE
                        ? beside(swatchWidth, swatchHeight, half, random)
                        : within(swatchWidth, swatchHeight, half + 3, random);
                var turn = random.nextDouble(2 * Math.PI);
                yield new PlacedThing(face, middle, turn, around(middle, half + 2, half + 2));
            }
            case ClothReference.Ruler ruler -> along(new RulerFace(ruler, random), swatchWidth, swatchHeight, random);
        };
    }

    void draw(ThingRenderer renderer) {
        renderer.draw(thing, middle, turn);
    }

    private static PlacedThing along(RulerFace face, double width, double height, SplittableRandom random) {
        var slant = random.nextDouble(-0.06, 0.06);
        var gap = face.width() / 2 + random.nextDouble(LEAST_GAP, MOST_GAP) + Math.abs(slant) * width / 2;
        var shift = random.nextDouble(-30, 30);
        var under = random.nextInt(2) == 0;
        var middle = under ? new Vector(shift, -height / 2 - gap, 0) : new Vector(width / 2 + gap, shift, 0);
        var turn = (under ? 0 : Math.PI / 2) + slant + (random.nextInt(2) == 0 ? Math.PI : 0);
        var seen = under
                ? around(middle.minus(new Vector(shift, 0, 0)), 40, face.width() / 2)
                : around(middle.minus(new Vector(0, shift, 0)), face.width() / 2, 40);
        return new PlacedThing(face, middle, turn, seen);
    }

    private static Vector beside(double width, double height, double half, SplittableRandom random) {
        var gap = half + random.nextDouble(LEAST_GAP, MOST_GAP);
        var share = random.nextDouble(-0.4, 0.4);
        return switch (random.nextInt(4)) {
            case 0 -> new Vector(width / 2 + gap, share * height, 0);
            case 1 -> new Vector(-width / 2 - gap, share * height, 0);
            case 2 -> new Vector(share * width, height / 2 + gap, 0);
            default -> new Vector(share * width, -height / 2 - gap, 0);
        };
    }

    private static Vector within(double width, double height, double half, SplittableRandom random) {
        return new Vector(
                random.nextDouble(-1, 1) * (width / 2 - half), random.nextDouble(-1, 1) * (height / 2 - half), 0);
    }

    private static List<Vector> around(Vector middle, double right, double up) {
        return List.of(
                middle.plus(new Vector(right, up, 0)),
                middle.plus(new Vector(-right, up, 0)),
                middle.plus(new Vector(right, -up, 0)),
                middle.plus(new Vector(-right, -up, 0)));
    }
}
