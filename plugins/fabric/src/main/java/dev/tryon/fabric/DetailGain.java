package dev.tryon.fabric;

import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * How much the fine detail of each part of a swatch is to be strengthened so that it is as rich in contrast as any other:
 * light that grazes one side, or shines on it, leaves more or less of the yarns there, and a tile would show where it ends.
 *
 * @param factors {@code CV_32F}, 128x128, over the whole swatch
 * @param most by which a factor differs from 1
 */
record DetailGain(Mat factors, double most) {
    /** Detail is what is finer than this share of the picture. */
    private static final double COARSEST = 1 / 40.0;

    /** Spread of the blur of the detail's energy, in pixels of 128. */
    private static final double AROUND = 2;

    /** Variance of detail that noise makes. */
    private static final double NOISE = 0.3;
    /** Spread of the logarithm of the energy beyond which cloth has parts that differ by nature. */
    private static final double MOST_REST = 0.8;

    private static final double LEAST = 0.6;
    private static final double LARGEST = 1.7;
    /** What would not be seen is left as it is. */
    private static final double LEAST_CHANGE = 0.02;

    private static final double SHRINK = 8;

    /** Measures. @param evened {@code CV_8UC3}, BGR, 512x512: the swatch, its light evened */
    static DetailGain of(Mat evened, Optional<Repeat> repeat, MatScope scope) {
        var grey = scope.mat();
        Imgproc.cvtColor(evened, grey, Imgproc.COLOR_BGR2GRAY);
        grey.convertTo(grey, CvType.CV_32F);
        var coarse = scope.mat();
        var small = new Size(grey.cols() / SHRINK, grey.rows() / SHRINK);
        Imgproc.resize(grey, coarse, small, 0, 0, Imgproc.INTER_AREA);
        Imgproc.GaussianBlur(coarse, coarse, new Size(0, 0), COARSEST * small.width, 0, Core.BORDER_REFLECT);
        Imgproc.resize(coarse, coarse, grey.size(), 0, 0, Imgproc.INTER_LINEAR);
        Core.subtract(grey, coarse, grey);
        Core.multiply(grey, grey, grey);
        var energy = scope.mat();
        Imgproc.resize(grey, energy, new Size(Drift.SIDE, Drift.SIDE), 0, 0, Imgproc.INTER_AREA);
        Imgproc.GaussianBlur(energy, energy, new Size(0, 0), AROUND, 0, Core.BORDER_REFLECT);
        var logs = new float[Drift.SIDE * Drift.SIDE];
        energy.get(0, 0, logs);
        for (var i = 0; i < logs.length; i++) {
            logs[i] = (float) Math.log(logs[i] + NOISE);
        }
        var drift = repeat.map(found -> Drift.over(found, logs)).orElseGet(() -> Drift.of(logs));
        return of(drift.rest() < MOST_REST ? drift.values() : new float[logs.length], scope);
    }

    private static DetailGain of(float[] drift, MatScope scope) {
        var most = 0.0;
        for (var i = 0; i < drift.length; i++) {
            drift[i] = (float) Math.clamp(Math.exp(-drift[i] / 2), LEAST, LARGEST);
            most = Math.max(most, Math.abs(drift[i] - 1));
        }
        var factors = scope.mat(Drift.SIDE, Drift.SIDE, CvType.CV_32F);
        factors.put(0, 0, drift);
        return new DetailGain(factors, most);
    }

    /**
     * Strengthens the detail of a part of the swatch, in place.
     *
     * @param values {@code CV_32FC3}, square
     * @param part from the unit square to the swatch, as the unit square
     */
    void apply(Mat values, Projection part, MatScope scope) {
        if (most < LEAST_CHANGE) {
            return;
        }
        var mean = scope.mat();
        var small = new Size(Math.ceil(values.cols() / SHRINK), Math.ceil(values.rows() / SHRINK));
        Imgproc.resize(values, mean, small, 0, 0, Imgproc.INTER_AREA);
        Imgproc.GaussianBlur(mean, mean, new Size(0, 0), COARSEST * small.width, 0, Core.BORDER_REFLECT);
        Imgproc.resize(mean, mean, values.size(), 0, 0, Imgproc.INTER_LINEAR);
        var gains = scope.mat();
        Imgproc.cvtColor(Straightener.part(factors, part, values.rows(), scope), gains, Imgproc.COLOR_GRAY2BGR);
        Core.subtract(values, mean, values);
        Core.multiply(values, gains, values);
        Core.add(values, mean, values);
    }
}
