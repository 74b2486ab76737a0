package dev.tryon.fabric;

import dev.tryon.spi.Rgb;

/**
 * Leather: pebbles of grain between creases, finer creases across them, and pores.
 *
 * @param color of the finish
 * @param pebbles across the tile, about
 */
record Hide(Rgb color, int pebbles) {
    private static final double RISE = 0.36;
    private static final double WAVER = 0.9;
    private static final int ROWS_A_STEP = 8;

    /** Makes the cloth. */
    Cloth tan(int size, double side, int seed, Steps work) {
        var cloth = new Cloth(size, side);
        for (var row = 0; row < size; row++) {
            for (var column = 0; column < size; column++) {
                set(cloth, row * size + column, column / (double) size, row / (double) size, seed);
            }
            if (row % ROWS_A_STEP == 0) {
                work.next();
            }
        }
        return cloth;
    }

    private void set(Cloth cloth, int texel, double u, double v, int seed) {
        // Grain is drawn out and bent as the skin grew; borders of pebbles are never straight.
        var bentX = u
                + 0.05 * (Noise.cloud(u * 4, v * 4, 4, 2, seed) - 0.5)
                + WAVER / pebbles * (Noise.cloud(u * pebbles, v * pebbles, pebbles, 3, seed + 7) - 0.5);
        var bentY = v
                + 0.05 * (Noise.cloud(u * 4, v * 4, 4, 2, seed + 9) - 0.5)
                + WAVER / pebbles * (Noise.cloud(u * pebbles, v * pebbles, pebbles, 3, seed + 8) - 0.5);
        var coarse = Cells.at(bentX * pebbles, bentY * pebbles, pebbles, 0.9, seed + 20);
        var fine = Cells.at(bentX * pebbles * 3, bentY * pebbles * 3, pebbles * 3, 1, seed + 21);
        var open = 0.35 + 0.65 * Noise.sheet(u * pebbles / 2, v * pebbles / 2, pebbles / 2, pebbles / 2, seed + 6);
        var crease = open * crease(coarse.gap(), 0.42);
        var wrinkle = (1 - open) * crease(fine.gap(), 0.5);
        var pebble = 0.55 + 0.45 * Noise.hash(coarse.number(), seed + 22);
        var dome = Math.max(0, 1 - coarse.distance() * coarse.distance());
        var skin = Noise.cloud(u * 160, v * 160, 160, 3, seed + 23) - 0.5;
        var pore = Math.max(0, Noise.sheet(u * 120, v * 120, 120, 120, seed + 24) - 0.88) * 4;
        var rise = 0.55 * (1 - crease) + 0.25 * pebble * dome - 0.09 * wrinkle + 0.045 * skin - 0.08 * pore;
        var tone = Noise.cloud(u * 4, v * 4, 4, 4, seed + 25) - 0.5;
        var shade = (1 - 0.34 * crease)
                * (1 - 0.08 * wrinkle)
                * (1 + 0.2 * tone + 0.1 * (pebble - 0.775) + 0.1 * skin)
                * (1 - 0.25 * pore);
        var matte = 0.4 + 0.28 * crease + 0.08 * wrinkle + 0.14 * skin + 0.1 * tone;
        cloth.set(texel, RISE * rise, color, shade, matte);
    }

    /** Returns 1 in a crease, 0 away from it. */
    private static double crease(double gap, double width) {
        var share = Math.min(1, Math.max(0, gap / width));
        return Math.pow(1 - share, 2) * (1 + 2 * share);
    }
}
