package dev.tryon.fabric;

/** Seeded noise, 0 to 1 with mean a half, which repeats after a whole number of cells. A function of its arguments. */
final class Noise {
    private Noise() {}

    /** Returns a number from 0 to 1 that looks unrelated for each other pair (Wang's mixing, twice). */
    static double hash(int number, int seed) {
        var mixed = number * 0x9E3779B1 ^ Integer.rotateLeft(seed * 0x85EBCA77, 13);
        mixed = (mixed ^ (mixed >>> 16)) * 0x7FEB352D;
        mixed = (mixed ^ (mixed >>> 15)) * 0x846CA68B;
        mixed ^= mixed >>> 16;
        return (mixed >>> 8) / (double) (1 << 24);
    }

    /** Returns a smooth line's value at x; cell {@code period} is cell 0 again. */
    static double line(double x, int period, int seed) {
        var floor = Math.floor(x);
        var cell = (int) floor;
        return mix(
                hash(Math.floorMod(cell, period), seed),
                hash(Math.floorMod(cell + 1, period), seed),
                smooth(x - floor));
    }

    /** Returns a smooth sheet's value at (x, y), which repeats after the periods. */
    static double sheet(double x, double y, int periodX, int periodY, int seed) {
        var floorX = Math.floor(x);
        var floorY = Math.floor(y);
        var left = Math.floorMod((int) floorX, periodX);
        var right = left + 1 == periodX ? 0 : left + 1;
        var top = Math.floorMod((int) floorY, periodY);
        var bottom = top + 1 == periodY ? 0 : top + 1;
        var across = smooth(x - floorX);
        return mix(
                mix(knot(left, top, seed), knot(right, top, seed), across),
                mix(knot(left, bottom, seed), knot(right, bottom, seed), across),
                smooth(y - floorY));
    }

    /** Returns the sum of octaves of {@link #sheet}, each twice as fine and half as strong, scaled to 0 to 1. */
    static double cloud(double x, double y, int period, int octaves, int seed) {
        var sum = 0.0;
        var weight = 1.0;
        var weights = 0.0;
        var scale = 1;
        for (var octave = 0; octave < octaves; octave++) {
            sum += weight * sheet(x * scale, y * scale, period * scale, period * scale, seed + octave);
            weights += weight;
            weight /= 2;
            scale *= 2;
        }
        return sum / weights;
    }

    private static double knot(int x, int y, int seed) {
        return hash(x + 8191 * y, seed);
    }

    private static double smooth(double t) {
        return t * t * (3 - 2 * t);
    }

    private static double mix(double from, double to, double share) {
        return from + (to - from) * share;
    }
}
