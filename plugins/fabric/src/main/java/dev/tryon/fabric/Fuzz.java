package dev.tryon.fabric;

/**
 * Loose fibres that stand out of the cloth's yarns and lie across them.
 *
 * @param perSquareMillimetre how many begin on a square millimetre
 * @param millimetres long, about
 * @param radius in millimetres
 * @param curl how much their direction changes along them, in radians
 */
record Fuzz(double perSquareMillimetre, double millimetres, double radius, double curl) {
    private static final int STEPS = 10;

    /**
     * Lays them on what lies in the field already.
     *
     * @param side of the tile in millimetres
     */
    void strew(YarnField field, double side, int seed) {
        var count = (int) Math.round(perSquareMillimetre * side * side);
        for (var number = 0; number < count; number++) {
            var x = side * Noise.hash(number, seed);
            var y = side * Noise.hash(number, seed + 1);
            var angle = 2 * Math.PI * Noise.hash(number, seed + 2);
            var turn = 2 * (Noise.hash(number, seed + 3) - 0.5) * curl / STEPS;
            var length = millimetres * (0.4 + 1.2 * Noise.hash(number, seed + 4));
            var hair = new Yarn(field.fibreAt(x, y, field.yarn(0).fibre()), seed + number);
            for (var step = 0; step <= STEPS; step++) {
                // It leaves the yarn, stands highest half way, and comes back.
                var rise = 3 * radius * Math.sin(Math.PI * step / STEPS) - radius;
                hair.to(x, y, field.heightAt(x, y, -radius) + rise, radius);
                angle += turn + 0.25 * curl * (Noise.hash(number * STEPS + step, seed + 5) - 0.5);
                x += Math.cos(angle) * length / STEPS;
                y += Math.sin(angle) * length / STEPS;
            }
            field.lay(hair);
        }
    }
}
