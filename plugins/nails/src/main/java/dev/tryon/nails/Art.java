package dev.tryon.nails;

/**
 * What is drawn on one nail: the colour and thickness of the polish at every place.
 *
 * <p>Places are given twice. (u, v) follow the outline: u -1..1 between the edges of each row, v 0..1 from cuticle to
 * tip. (across, along) keep shapes in proportion: half nail widths from the middle line and from the cuticle.
 *
 * <p>Threads: any number at once; the {@link Dab} belongs to the caller.
 */
sealed interface Art permits Art.Solid, Art.French, Art.Ombre, Art.Marble, Art.Glitter, Floral {
    /** How much of the nail paint that is not sheer hides: even cream polish lets a little through. */
    float CREAM = 0.97f;

    /**
     * Tells the polish at one place.
     *
     * @param pixel the size of a frame pixel in half nail widths, to draw no edge sharper than that
     */
    void at(float u, float v, float across, float along, float pixel, Dab dab);

    /**
     * Returns a polish's art for one nail.
     *
     * @param seed of the nail: the same nail keeps its flakes, veins and flowers
     * @param tip where the nail ends, in half nail widths from the cuticle
     * @param angleRadians which way the nail points: flakes flash as it turns
     */
    static Art of(Polish polish, int seed, float tip, double angleRadians) {
        var color = LinearLight.of(polish.color());
        var accent = LinearLight.of(polish.accent());
        var coverage = (float) polish.coverage();
        var detail = (float) polish.detail();
        return switch (polish.pattern()) {
            case SOLID -> new Solid(color, coverage);
            case FRENCH -> new French(color, accent, coverage, tip * (1 - 0.14f - 0.26f * detail));
            case OMBRE -> new Ombre(color, accent, coverage, detail);
            case GLITTER -> new Glitter(color, accent, coverage, detail, seed, (float) angleRadians);
            case MARBLE -> new Marble(color, accent, coverage, detail, seed);
            case FLORAL -> Floral.scattered(color, accent, coverage, detail, seed, tip);
        };
    }

    /** One colour. */
    record Solid(float[] color, float coverage) implements Art {
        @Override
        public void at(float u, float v, float across, float along, float pixel, Dab dab) {
            dab.set(color, coverage);
        }
    }

    /** A base and a tip of another colour, parted by a smile line that runs back along the sides. */
    record French(float[] base, float[] tip, float coverage, float smile) implements Art {
        @Override
        public void at(float u, float v, float across, float along, float pixel, Dab dab) {
            dab.set(base, coverage);
            var line = smile - 0.34f * across * across;
            var edge = 0.75f * pixel;
            dab.lay(tip, CREAM, Noise.step(line - edge, line + edge, along));
        }
    }

    /** One colour flowing into another. */
    record Ombre(float[] base, float[] tip, float coverage, float detail) implements Art {
        @Override
        public void at(float u, float v, float across, float along, float pixel, Dab dab) {
            var middle = 0.75f - 0.4f * detail;
            var share = Noise.step(middle - 0.38f, middle + 0.38f, v);
            // Between the squares' roots, close to how the eye divides light, or the dark end would win early.
            dab.red = between(base[0], tip[0], share);
            dab.green = between(base[1], tip[1], share);
            dab.blue = between(base[2], tip[2], share);
            dab.coverage = coverage + share * (Math.max(coverage, 0.9f) - coverage);
            dab.flash = 0;
        }

        private static float between(float from, float to, float share) {
            var root = (float) ((1 - share) * Math.sqrt(from) + share * Math.sqrt(to));
            return root * root;
        }
    }

    /** Veined stone: two layers of veins along the places where warped noise crosses its middle. */
    record Marble(float[] base, float[] vein, float coverage, float detail, int seed) implements Art {
        @Override
        public void at(float u, float v, float across, float along, float pixel, Dab dab) {
            dab.set(base, Math.max(coverage, 0.9f));
            // Leaning, so that veins cross the nail at a slant as they do on cut stone.
            var x = 0.8f * across + 0.45f * along;
            var y = 0.75f * along - 0.35f * across;
            var warpX = Noise.layered(seed, 1.1f * x, 1.1f * y) - 0.5f;
            var warpY = Noise.layered(seed + 7, 1.1f * x, 1.1f * y) - 0.5f;
            var cloud = Noise.layered(seed + 13, x + warpX, y + warpY);
            dab.lay(vein, CREAM, 0.28f * Noise.step(0.5f, 0.85f, cloud));
            var wide = Math.abs(Noise.layered(seed + 23, 1.25f * x + 2.2f * warpX, 1.25f * y + 2.2f * warpY) - 0.5f);
            var fine = Math.abs(Noise.layered(seed + 31, 2.4f * x + 2 * warpY, 2.4f * y + 2 * warpX) - 0.5f);
            var soft = 0.6f * pixel;
            var strong = 1 - Noise.step(0.004f, 0.03f + 0.05f * detail + 0.3f * soft, wide);
            var weak = 1 - Noise.step(0, 0.02f + 0.02f * detail + 0.3f * soft, fine);
            dab.lay(vein, CREAM, Math.max(0.9f * strong, 0.4f * weak));
        }
    }

    /** Flakes in two sizes, one a cell, each lying at its own angle and flashing when it faces the light. */
    record Glitter(float[] base, float[] flake, float coverage, float detail, int seed, float angleRadians)
            implements Art {
        @Override
        public void at(float u, float v, float across, float along, float pixel, Dab dab) {
            dab.set(base, coverage);
            dust(across, along, dab);
            flakes(across, along, pixel, dab);
        }

        private void dust(float across, float along, Dab dab) {
            var cell = 0.065f;
            var grain = Noise.of(seed + 3, (int) Math.floor(across / cell), (int) Math.floor(along / cell));
            var lies = facing(Noise.of(seed + 4, (int) Math.floor(across / cell), (int) Math.floor(along / cell)));
            var amount = (0.25f + 0.45f * detail) * grain;
            dab.lay(flake, CREAM, amount);
            dab.flash += 0.55f * amount * lies;
        }

        private void flakes(float across, float along, float pixel, Dab dab) {
            var cell = 0.19f;
            var column = (int) Math.floor(across / cell);
            var row = (int) Math.floor(along / cell);
            var there = Noise.of(seed, column, row);
            if (there > 0.2f + 0.65f * detail) {
                return;
            }
            var dx = across / cell - column - 0.3f - 0.4f * Noise.of(seed + 1, column, row);
            var dy = along / cell - row - 0.3f - 0.4f * Noise.of(seed + 2, column, row);
            var size = 0.22f + 0.2f * Noise.of(seed + 5, column, row);
            var soft = Math.max(0.08f, 0.7f * pixel / cell);
            var amount = 1 - Noise.step(size - soft, size + soft, (float) Math.sqrt(dx * dx + dy * dy));
            dab.lay(flake, CREAM, 0.85f * amount);
            dab.flash += 1.9f * amount * facing(Noise.of(seed + 6, column, row));
        }

        /** Returns how squarely a flake faces the light, 0..1; turning the hand brings other flakes to face it. */
        private float facing(float lies) {
            var cosine = (float) Math.cos(2 * Math.PI * lies + 2.5 * angleRadians);
            var raised = Math.max(0, cosine);
            return raised * raised * raised * raised;
        }
    }
}
