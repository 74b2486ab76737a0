package dev.tryon.nails;

import dev.tryon.spi.Rgb;
import java.util.ArrayList;
import java.util.List;

/**
 * Five-petalled flowers with leaves, strewn over one nail so that they do not overlap.
 *
 * @param blooms the flowers, none over another
 */
record Floral(Light base, Light petal, float coverage, List<Bloom> blooms) implements Art {
    private static final Light HEART = Light.of(new Rgb(0xF2, 0xC1, 0x4E));
    private static final Light LEAF = Light.of(new Rgb(0x6E, 0x8F, 0x5C));

    /** Returns flowers at places that the seed chooses. @param tip where the nail ends */
    static Floral scattered(Light base, Light petal, float coverage, float detail, int seed, float tip) {
        var wanted = 2 + Math.round(4 * detail);
        var blooms = new ArrayList<Bloom>();
        for (var attempt = 0; attempt < 40 && blooms.size() < wanted; attempt++) {
            var bloom = new Bloom(
                    -0.72f + 1.44f * Noise.of(seed, attempt, 0),
                    0.25f + (tip - 0.5f) * Noise.of(seed, attempt, 1),
                    0.32f + 0.16f * Noise.of(seed, attempt, 2),
                    (float) (2 * Math.PI * Noise.of(seed, attempt, 3)));
            if (blooms.stream().noneMatch(bloom::overlaps)) {
                blooms.add(bloom);
            }
        }
        return new Floral(base, petal, coverage, List.copyOf(blooms));
    }

    /** One flower. @param turn in radians */
    record Bloom(float across, float along, float radius, float turn) {
        boolean overlaps(Bloom other) {
            return Math.hypot(across - other.across, along - other.along) < 1.02 * (radius + other.radius);
        }
    }

    @Override
    public void at(float u, float v, float across, float along, float pixel, Dab dab) {
        dab.set(base, coverage);
        for (var i = 0; i < blooms.size(); i++) {
            var bloom = blooms.get(i);
            var dx = across - bloom.across();
            var dy = along - bloom.along();
            var distance = (float) Math.sqrt(dx * dx + dy * dy);
            if (distance < 1.5f * bloom.radius()) {
                var turned = (float) Math.atan2(dy, dx) - bloom.turn();
                draw(distance / bloom.radius(), turned, pixel / bloom.radius(), dab);
            }
        }
    }

    private void draw(float distance, float turned, float pixel, Dab dab) {
        var soft = Math.max(0.05f, 0.8f * pixel);
        // Two leaves look out between petals.
        var leaf = (float) Math.pow(Math.max(0, Math.cos(turned - 0.63)), 18);
        var other = (float) Math.pow(Math.max(0, Math.cos(turned - 3.14)), 18);
        dab.lay(LEAF, CREAM, 0.8f * within(1.4f * Math.max(leaf, other), distance, soft));
        var wave = (float) Math.abs(Math.cos(2.5 * turned));
        var reach = 0.55f + 0.45f * (float) Math.sqrt(wave);
        var inside = within(reach, distance, soft);
        dab.lay(petal, CREAM, inside);
        // Each petal deepens a little towards the heart, or the flower would be a flat sticker.
        var depth = 1 - 0.28f * inside * (1 - Noise.step(0.2f, 0.8f, distance)) - 0.12f * inside * (1 - wave);
        dab.red *= depth;
        dab.green *= depth;
        dab.blue *= depth;
        dab.lay(HEART, CREAM, within(0.24f, distance, soft));
    }

    private static float within(float reach, float distance, float soft) {
        return reach <= 0 ? 0 : 1 - Noise.step(reach - soft, reach + soft, distance);
    }
}
