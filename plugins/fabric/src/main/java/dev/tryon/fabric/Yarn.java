package dev.tryon.fabric;

import java.util.Arrays;

/** A yarn's way through the cloth: points in millimetres, x to the right, y down, z up. One thread at a time. */
final class Yarn {
    private static final int NUMBERS = 4;

    private final Fibre fibre;
    private final int seed;
    private double[] numbers = new double[NUMBERS * 64];
    private int points;

    /**
     * Begins a yarn.
     *
     * @param seed of everything random about it
     */
    Yarn(Fibre fibre, int seed) {
        this.fibre = fibre;
        this.seed = seed;
    }

    /** Goes on, straight, to a point, where the yarn has this radius. */
    void to(double x, double y, double z, double radius) {
        if (NUMBERS * points == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * numbers.length);
        }
        var from = NUMBERS * points++;
        numbers[from] = x;
        numbers[from + 1] = y;
        numbers[from + 2] = z;
        numbers[from + 3] = radius;
    }

    int points() {
        return points;
    }

    double x(int point) {
        return numbers[NUMBERS * point];
    }

    double y(int point) {
        return numbers[NUMBERS * point + 1];
    }

    double z(int point) {
        return numbers[NUMBERS * point + 2];
    }

    double radius(int point) {
        return numbers[NUMBERS * point + 3];
    }

    Fibre fibre() {
        return fibre;
    }

    int seed() {
        return seed;
    }

    /** Returns its length in millimetres, seen from above. */
    double length() {
        var length = 0.0;
        for (var point = 1; point < points; point++) {
            length += Math.hypot(x(point) - x(point - 1), y(point) - y(point - 1));
        }
        return length;
    }
}
