package dev.tryon.fabric;

/** How wide a swatch is by its height, told from its corners in the photo. */
final class Aspect {
    /** Perspective below which a camera's focal length cannot be told from it. */
    private static final double LEAST_PERSPECTIVE = 0.04;
    /** A phone's focal length by the photo's longer side. */
    private static final double PHONE_FOCAL = 0.8;

    private static final double SHORTEST_FOCAL = 0.5;
    private static final double LONGEST_FOCAL = 3;
    /** The longest that a swatch is by its width. */
    static final double MOST = 4;

    /** Logarithm of how far perspective may change what the sides tell: beyond, the photo is none of a rectangle. */
    private static final double MOST_CORRECTION = 0.25;

    private Aspect() {}

    /**
     * Returns width by height, as a pinhole camera that looks through the photo's centre saw it (Zhang and He 2007,
     * "Whiteboard scanning and image enhancement", section 3).
     */
    static double of(Corners corners, int photoWidth, int photoHeight) {
        var center = new Spot((photoWidth - 1) / 2.0, (photoHeight - 1) / 2.0);
        var map = Projection.affine(new Spot(1, 0), new Spot(0, 1), new Spot(-center.x(), -center.y()))
                .after(Projection.unitSquareTo(corners));
        if (Math.max(Math.abs(map.g()), Math.abs(map.h())) < LEAST_PERSPECTIVE) {
            return bounded(corners.width() / corners.height());
        }
        var longest = (double) Math.max(photoWidth, photoHeight);
        var squared = -(map.a() * map.b() + map.d() * map.e()) / (map.g() * map.h());
        if (Math.min(Math.abs(map.g()), Math.abs(map.h())) < LEAST_PERSPECTIVE) {
            squared = PHONE_FOCAL * longest * PHONE_FOCAL * longest;
        }
        if (!(squared > SHORTEST_FOCAL * longest * SHORTEST_FOCAL * longest
                && squared < LONGEST_FOCAL * longest * LONGEST_FOCAL * longest)) {
            // No camera that looks through the photo's centre: the photo was cut, or the swatch is no rectangle.
            return bounded(corners.width() / corners.height());
        }
        var width = length(map.a(), map.d(), map.g() * Math.sqrt(squared));
        var height = length(map.b(), map.e(), map.h() * Math.sqrt(squared));
        var sides = corners.width() / corners.height();
        return bounded(Math.abs(Math.log(width / height / sides)) < MOST_CORRECTION ? width / height : sides);
    }

    private static double bounded(double aspect) {
        return Math.clamp(aspect, 1 / MOST, MOST);
    }

    private static double length(double x, double y, double z) {
        return Math.sqrt(x * x + y * y + z * z);
    }
}
