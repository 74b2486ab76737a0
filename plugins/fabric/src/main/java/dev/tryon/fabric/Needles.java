package dev.tryon.fabric;

/**
 * Knits: each course is one yarn in loops, drawn through the loops of the course below.
 *
 * @param fibre of the yarn
 * @param wales columns of stitches across the tile, a multiple of {@code rib} twice over where there is one
 * @param courses rows of stitches down the tile
 * @param rib wales of knit, then as many of purl; 0 for jersey, which is knit alone
 * @param thickness of the yarn as a share of the room between courses
 */
record Needles(Fibre fibre, int wales, int courses, int rib, double thickness) {
    private static final int STEPS = 96;
    private static final double SWAY = 0.50;
    private static final double REACH = 0.92;
    private static final double DIP = 0.62;
    private static final double RIB_RISE = 0.55;

    /** Checks that the ribs close at the tile's edges. */
    Needles {
        if (rib > 0 && wales % (2 * rib) != 0) {
            throw new IllegalArgumentException(wales + " wales are no whole number of ribs of " + rib);
        }
    }

    /**
     * Lays all courses.
     *
     * <p>A loop's way is that of Kaldor, James and Marschner (2008): x = t + a sin 2t, y = h cos t, z = d cos 2t.
     *
     * @param side of the tile in millimetres
     */
    void knit(YarnField field, double side, int seed) {
        var wale = side / wales;
        var course = side / courses;
        var radius = thickness * course / 2;
        for (var row = 0; row < courses; row++) {
            var yarn = new Yarn(fibre, seed + row);
            for (var step = 0; step <= wales * STEPS; step++) {
                var place = step / (double) STEPS; // in wales; loops' heads at whole numbers and a half
                var t = 2 * Math.PI * place;
                var uneven = 0.12 * (Noise.line(place * 2, 2 * wales, yarn.seed()) - 0.5);
                var x = (place + SWAY / 2 * Math.sin(2 * t)) * wale;
                var y = (row + 0.5 - REACH * Math.cos(t) + uneven) * course;
                var face = Math.cos(2 * t);
                var ribbed = rib == 0 ? 1 : side(place);
                var lift = rib == 0 ? 0 : RIB_RISE * ribbed * course;
                yarn.to(
                        x + uneven * wale * 0.4,
                        y,
                        -DIP * radius * 2 * face * ribbed + lift,
                        radius * (1 + 0.25 * (Noise.line(place * 3, 3 * wales, yarn.seed() + 1) - 0.5)));
            }
            field.lay(yarn);
        }
    }

    /** Returns 1 on the knit wales, -1 on the purl ones, and what lies between where they meet. */
    private double side(double place) {
        var wave = Math.sin(Math.PI * place / rib);
        return Math.max(-1, Math.min(1, 1.7 * wave));
    }
}
