package dev.tryon.nails;

import java.util.Arrays;

/**
 * A low-pass filter that is calm at rest and quick in motion (Casiez, Roussel, Vogel: "1 € Filter", CHI 2012).
 *
 * <p>Filters several numbers that move together: their common speed, over a scale, opens the cutoff for all of them.
 * With T the time step: cutoff fc = fmin + beta |speed|, tau = 1 / (2 pi fc), alpha = 1 / (1 + tau / T).
 *
 * <p>Threads: one at a time.
 */
final class OneEuro {
    /** Cutoff of the speed itself. */
    private static final double SPEED_CUTOFF_HERTZ = 3;

    private final double leastCutoffHertz;
    private final double beta;
    private final double[] values;
    private final double[] speeds;
    private boolean begun;

    /**
     * Makes a filter.
     *
     * @param dimensions how many numbers move together
     * @param leastCutoffHertz at rest
     * @param beta cutoff gained for each scale a second
     */
    OneEuro(int dimensions, double leastCutoffHertz, double beta) {
        this.leastCutoffHertz = leastCutoffHertz;
        this.beta = beta;
        values = new double[dimensions];
        speeds = new double[dimensions];
    }

    /**
     * Takes in a measurement.
     *
     * @param measured as many numbers as the filter has dimensions
     * @param scale what counts as one unit of movement
     * @param seconds since the last one, above 0
     */
    void add(double[] measured, double scale, double seconds) {
        if (!begun) {
            System.arraycopy(measured, 0, values, 0, values.length);
            begun = true;
            return;
        }
        var speedShare = share(SPEED_CUTOFF_HERTZ, seconds);
        var squares = 0.0;
        for (var i = 0; i < values.length; i++) {
            speeds[i] += speedShare * ((measured[i] - values[i]) / seconds - speeds[i]);
            squares += speeds[i] * speeds[i];
        }
        var speed = Math.sqrt(squares / values.length) / scale;
        var share = share(leastCutoffHertz + beta * speed, seconds);
        for (var i = 0; i < values.length; i++) {
            values[i] += share * (measured[i] - values[i]);
        }
    }

    /** Forgets everything: the next measurement is taken as it is. */
    void restart() {
        begun = false;
        Arrays.fill(speeds, 0);
    }

    /** Returns a filtered number. */
    double value(int dimension) {
        return values[dimension];
    }

    /** Returns how fast a number changes, a second. */
    double speed(int dimension) {
        return speeds[dimension];
    }

    private static double share(double cutoffHertz, double seconds) {
        return 1 / (1 + 1 / (2 * Math.PI * cutoffHertz * seconds));
    }
}
