package dev.tryon.fabric;

import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/** Filters that know that a tile goes on at its other side: by Fourier's transform. */
final class Spectra {
    private Spectra() {}

    /** What a filter does to waves of one frequency. */
    @FunctionalInterface
    interface Gain {
        /** Returns the factor. @param cyclesPerPixel 0..0.71 */
        double at(double cyclesPerPixel);
    }

    /** Returns the spectrum, in OpenCV's packed form. @param plane {@code CV_32F} */
    static Mat of(Mat plane, MatScope scope) {
        var spectrum = scope.mat();
        Core.dft(plane, spectrum);
        return spectrum;
    }

    /** Returns a plane whose waves are multiplied by a gain. @param spectrum packed, square of even side; left as it is */
    static Mat filtered(Mat spectrum, Gain gain, MatScope scope) {
        var side = spectrum.rows();
        var values = new float[side * side];
        spectrum.get(0, 0, values);
        // Gains by squared distance from the origin, in whole steps of the spectrum.
        var half = side / 2;
        var table = new float[2 * half * half + 1];
        var known = new boolean[table.length];
        for (var row = 0; row < side; row++) {
            var fullV = row <= half ? row : side - row;
            for (var column = 0; column < side; column++) {
                var u = (column + 1) / 2;
                // The first and the last column hold waves that only go down, packed in pairs of rows.
                var v = column == 0 || column == side - 1 ? (row + 1) / 2 : fullV;
                var squared = u * u + v * v;
                if (!known[squared]) {
                    known[squared] = true;
                    table[squared] = (float) gain.at(Math.sqrt(squared) / side);
                }
                values[row * side + column] *= table[squared];
            }
        }
        var changed = scope.mat(side, side, CvType.CV_32F);
        changed.put(0, 0, values);
        Core.idft(changed, changed, Core.DFT_SCALE | Core.DFT_REAL_OUTPUT, 0);
        return changed;
    }

    /** Returns the gain of a Gaussian blur. @param spread in pixels */
    static Gain blur(double spread) {
        var factor = -2 * Math.PI * Math.PI * spread * spread;
        return frequency -> Math.exp(factor * frequency * frequency);
    }
}
