package dev.tryon.fabric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;

/**
 * Where along a strip brightness repeats evenly.
 *
 * @param row of the strip
 * @param column about which it does
 * @param frequency in repeats a pixel
 * @param strength share of what changes there that does so at this frequency, weighed by how much it changes
 */
record Rhythm(int row, double column, double frequency, double strength) {
    private static final int WINDOW = 256;
    private static final int ROW_STEP = 3;
    private static final double LONGEST = 30;
    private static final double SHORTEST = 2.4;
    private static final int MOST = 5;
    private static final int APART = 9;
    /** Change of brightness, of 255, from which on more is no better. */
    private static final double CLEAR = 4;

    /** Returns the strongest, from different rows. */
    static List<Rhythm> strongest(Strip strip) {
        var windows = Math.max(0, (strip.columns() - WINDOW) / (WINDOW / 2) + 1);
        if (windows == 0) {
            return List.of();
        }
        var all = new ArrayList<Rhythm>();
        for (var row = 0; row < strip.rows(); row += ROW_STEP) {
            all.add(of(strip, row, windows));
        }
        all.sort(Comparator.comparingDouble(Rhythm::strength).reversed());
        var kept = new ArrayList<Rhythm>();
        for (var rhythm : all) {
            if (kept.size() < MOST && kept.stream().noneMatch(other -> Math.abs(other.row - rhythm.row) < APART)) {
                kept.add(rhythm);
            }
        }
        return kept;
    }

    private static Rhythm of(Strip strip, int row, int windows) {
        try (var scope = new MatScope()) {
            var values = new float[windows * WINDOW];
            for (var window = 0; window < windows; window++) {
                for (var at = 0; at < WINDOW; at++) {
                    var hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * (at + 0.5) / WINDOW);
                    values[window * WINDOW + at] =
                            (float) (hann * strip.values()[row * strip.columns() + window * WINDOW / 2 + at]);
                }
            }
            var mat = scope.mat(windows, WINDOW, CvType.CV_32F);
            mat.put(0, 0, values);
            Core.dft(mat, mat, Core.DFT_ROWS);
            mat.get(0, 0, values);
            var best = new Rhythm(row, 0, 0, -1);
            for (var window = 0; window < windows; window++) {
                var found = peak(values, window, row);
                best = found.strength > best.strength ? found : best;
            }
            return best;
        }
    }

    private static Rhythm peak(float[] spectra, int window, int row) {
        var power = new double[WINDOW / 2];
        var all = 1e-9;
        for (var wave = 1; wave < WINDOW / 2; wave++) {
            var at = window * WINDOW + 2 * wave - 1;
            power[wave] = spectra[at] * spectra[at] + spectra[at + 1] * spectra[at + 1];
            all += power[wave];
        }
        var best = 0.0;
        var frequency = 0.0;
        for (var wave = (int) (WINDOW / LONGEST); wave < WINDOW / SHORTEST; wave++) {
            var here = power[wave - 1] + power[wave] + power[wave + 1];
            if (here > best) {
                best = here;
                frequency = (power[wave + 1] - power[wave - 1]) / here + wave;
            }
        }
        var swing = 4 * Math.sqrt(best) / WINDOW;
        return new Rhythm(
                row, window * WINDOW / 2.0 + WINDOW / 2.0, frequency / WINDOW, best / all * Math.min(1, swing / CLEAR));
    }
}
