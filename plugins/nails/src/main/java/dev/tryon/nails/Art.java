package dev.tryon.nails;

import dev.tryon.vision.LinearLight;

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
    float CREAM = 0.99f;

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
        var color = Light.of(polish.color());
        var accent = Light.of(polish.accent());
        var coverage = CREAM * (float) polish.coverage();
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
    record Solid(Light color, float coverage) implements Art {
        @Override
        public void at(float u, float v, float across, float along, float pixel, Dab dab) {
            dab.set(color, coverage);
        }
    }

    /** A base and a tip of another colour, parted by a smile line that runs back along the sides. */
    record French(Light base, Light tip, float coverage, float smile) implements Art {
        @Override
        public void at(float u, float v, float across, float along, float pixel, Dab dab) {
            dab.set(base, coverage);
            var line = smile - 0.42f * across * across;
            var edge = 0.75f * pixel;
            dab.lay(tip, CREAM, Noise.step(line - edge, line + edge, along));
        }
    }

    /** One colour flowing into another. */
    record Ombre(Light base, Light tip, float coverage, float detail) implements Art {
        @Override
        public void at(float u, float v, float across, float along, float pixel, Dab dab) {
            var middle = 0.75f - 0.4f * detail;
            var share = Noise.step(middle - 0.38f, middle + 0.38f, v);
            // Between the squares' roots, close to how the eye divides light, or the dark end would win early.
            dab.red = between(base.red(), tip.red(), share);
            dab.green = between(base.green(), tip.green(), share);
            dab.blue = between(base.blue(), tip.blue(), share);
            dab.coverage = coverage + share * (Math.max(coverage, 0.9f) - coverage);
            dab.flash = 0;
        }

        private static float between(float from, float to, float share) {
            var root = (float) ((1 - share) * Math.sqrt(from) + share * Math.sqrt(to));
            return root * root;
        }
    }

    /** Veined stone: two layers of veins along the places where warped noise crosses its middle. */
    record Marble(Light base, Light vein, float coverage, float detail, int seed) implements Art {
        @Override
        public void at(float u, float v, float across, float along, float pixel, Dab dab) {
            dab.set(base, Math.max(coverage, 0.9f));
            // Leaning, so that veins cross the nail at a slant as they do on cut stone.
            var x = 0.8f * across + 0.45f * along;
            var y = 0.75f * along - 0.35f * across;
            var warpX = Noise.layered(seed, 1.1f * x, 1.1f * y) - 0.5f;
            var warpY = Noise.layered(seed + 7, 1.1f * x, 1.1f * y) - 0.5f;
            var cloud = Noise.smooth(seed + 13, 0.9f * x + 1.5f * warpX, 0.9f * y + 1.5f * warpY);
            // Light adds up: on dark stone a little of a bright vein is already much.
            var soften = 0.12f + 0.88f * LinearLight.luminance(base.red(), base.green(), base.blue());
            dab.lay(vein, CREAM, soften * (0.10f + 0.14f * detail) * Noise.step(0.35f, 0.95f, cloud));
            // A vein is where warped noise crosses its middle; it swells and thins along its way.
            var wide = Math.abs(Noise.layered(seed + 23, 0.8f * x + 2.6f * warpX, 0.8f * y + 2.6f * warpY) - 0.5f);
            var fine = Math.abs(Noise.smooth(seed + 31, 1.5f * x + 2.4f * warpY, 1.5f * y + 2.4f * warpX) - 0.5f);
            var swell = Noise.smooth(seed + 37, 1.3f * x, 1.3f * y);
            var soft = 0.35f * pixel;
            var halo = 1 - Noise.step(0, 0.16f + 0.10f * detail, wide);
            var strong = 1 - Noise.step(0.3f * soft, 0.012f + 0.05f * detail * swell + soft, wide);
            var weak = 1 - Noise.step(0, 0.02f + soft, fine);
            dab.lay(vein, CREAM, soften * 0.22f * halo * halo);
            dab.lay(vein, CREAM, Math.max((0.35f + 0.55f * swell) * strong, 0.30f * swell * weak));
        }
    }

    /** Flakes in two sizes, one a cell, each lying at its own angle and flashing when it faces the light. */
    record Glitter(Light base, Light flake, float coverage, float detail, int seed, float angleRadians) implements Art {
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
            var amount = (0.10f + 0.50f * detail * detail) * grain * grain;
            dab.lay(flake, CREAM, amount);
            dab.flash += 1.3f * amount * lies;
        }

        private void flakes(float across, float along, float pixel, Dab dab) {
            var cell = 0.19f;
            var column = (int) Math.floor(across / cell);
            var row = (int) Math.floor(along / cell);
            var there = Noise.of(seed, column, row);
            if (there > 0.08f + 0.67f * detail) {
                return;
            }
            var dx = across / cell - column - 0.3f - 0.4f * Noise.of(seed + 1, column, row);
            var dy = along / cell - row - 0.3f - 0.4f * Noise.of(seed + 2, column, row);
            var size = 0.22f + 0.2f * Noise.of(seed + 5, column, row);
            var soft = Math.max(0.08f, 0.7f * pixel / cell);
            var amount = 1 - Noise.step(size - soft, size + soft, (float) Math.sqrt(dx * dx + dy * dy));
            var bright = facing(Noise.of(seed + 6, column, row));
            // A flake that faces elsewhere mirrors the dark of the room.
            dab.lay(flake, CREAM, (0.30f + 0.65f * bright) * amount);
            dab.flash += 2.2f * amount * bright;
        }

        /** Returns how squarely a flake faces the light, 0..1; turning the hand brings other flakes to face it. */
        private float facing(float lies) {
            var cosine = (float) Math.cos(2 * Math.PI * lies + 2.5 * angleRadians);
            var raised = Math.max(0, cosine);
            return raised * raised * raised * raised;
        }
    }
}
