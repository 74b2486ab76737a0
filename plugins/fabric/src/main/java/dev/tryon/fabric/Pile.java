package dev.tryon.fabric;

/**
 * Cut pile: fibres that stand so close that their tips alone are seen.
 *
 * @param fibre of the pile
 * @param perSquareMillimetre tufts
 * @param lean how far tips lie from their roots, in millimetres, along the nap
 */
record Pile(Fibre fibre, double perSquareMillimetre, double lean) {
    private static final double RISE = 0.3;
    private static final double RADIUS = 0.05;
    private static final int STEPS = 4;
    private static final int SWIRLS = 3;

    /** Makes the cloth. */
    Cloth cut(int size, double side, int seed, Steps work) {
        var field = new YarnField(size, side, work);
        var perRow = (int) Math.round(Math.sqrt(perSquareMillimetre) * side);
        for (var tuft = 0; tuft < perRow * perRow; tuft++) {
            var column = tuft % perRow;
            var row = tuft / perRow;
            var x = (column + Noise.hash(tuft, seed)) * side / perRow;
            var y = (row + Noise.hash(tuft, seed + 1)) * side / perRow;
            // The nap runs down the cloth and swirls a little where hands have been.
            var swirl = Noise.cloud(x / side * SWIRLS, y / side * SWIRLS, SWIRLS, 3, seed + 2) - 0.5;
            var angle = Math.PI / 2 + 2.4 * swirl + 1.1 * (Noise.hash(tuft, seed + 3) - 0.5);
            var length = lean * (0.6 + 0.5 * Noise.hash(tuft, seed + 4));
            var rise = RISE * (0.78 + 0.22 * Noise.hash(tuft, seed + 5)) + 0.04 * swirl;
            var tip = new Yarn(fibre, seed + tuft);
            for (var step = 0; step <= STEPS; step++) {
                var share = step / (double) STEPS;
                tip.to(
                        x + Math.cos(angle) * length * share,
                        y + Math.sin(angle) * length * share,
                        RISE * (2 * share - 1) * 0.5 + (rise - RISE) * share,
                        RADIUS * (1 - 0.4 * share));
            }
            field.lay(tip);
        }
        return new Shading(RISE / 2).shade(field, side, Shading.Ground.DARK).pressed(0.55);
    }
}
