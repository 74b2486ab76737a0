package dev.tryon.nails;

/** Numbers that look random and are the same every time: hashes and smooth noise over the plane. Thread-safe. */
final class Noise {
    private Noise() {}

    /** Returns a hash of a cell as 0..1 (the finaliser of MurmurHash3 over the mixed coordinates). */
    static float of(int seed, int x, int y) {
        var hash = seed * 0x9E3779B1 + x * 0x85EBCA77 + y * 0xC2B2AE3D;
        hash ^= hash >>> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >>> 13;
        hash *= 0xC2B2AE35;
        hash ^= hash >>> 16;
        return (hash >>> 8) * 0x1p-24f;
    }

    /** Returns value noise, 0..1: hashes at whole places, joined smoothly. */
    static float smooth(int seed, float x, float y) {
        var column = (int) Math.floor(x);
        var row = (int) Math.floor(y);
        var s = ease(x - column);
        var t = ease(y - row);
        var above = of(seed, column, row) * (1 - s) + of(seed, column + 1, row) * s;
        var below = of(seed, column, row + 1) * (1 - s) + of(seed, column + 1, row + 1) * s;
        return above * (1 - t) + below * t;
    }

    /** Returns three octaves of smooth noise, 0..1. */
    static float layered(int seed, float x, float y) {
        return (4 * smooth(seed, x, y)
                        + 2 * smooth(seed + 1, 2.03f * x, 2.03f * y)
                        + smooth(seed + 2, 4.1f * x, 4.1f * y))
                / 7;
    }

    /** Returns 0 below {@code from}, 1 above {@code to} and a smooth way between. */
    static float step(float from, float to, float value) {
        return ease(Math.clamp((value - from) / (to - from), 0f, 1f));
    }

    private static float ease(float t) {
        return t * t * (3 - 2 * t);
    }
}
