package dev.tryon.testkit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.imgproc.Imgproc;

/** How near the maps of a scan come to those that were photographed. */
final class ScanQuality {
    private ScanQuality() {}

    /** Mean angles between normals, in degrees: of the scan, and of a flat map. */
    record NormalError(double degrees, double flatDegrees) {}

    /** Compares normal maps. */
    static NormalError normals(Mat ours, Mat truth) {
        var count = ours.rows() * ours.cols();
        var one = new byte[3 * count];
        var other = new byte[3 * count];
        ours.get(0, 0, one);
        truth.get(0, 0, other);
        var sum = 0.0;
        var flat = 0.0;
        for (var i = 0; i < count; i++) {
            sum += angle(one, other, 3 * i);
            flat += Math.acos(Math.clamp(direction(other, 3 * i) / length(other, 3 * i), -1, 1));
        }
        return new NormalError(Math.toDegrees(sum / count), Math.toDegrees(flat / count));
    }

    private static double angle(byte[] one, byte[] other, int at) {
        var dot = 0.0;
        for (var k = 0; k < 3; k++) {
            dot += direction(one, at + k) * direction(other, at + k);
        }
        return Math.acos(Math.clamp(dot / (length(one, at) * length(other, at)), -1, 1));
    }

    private static double length(byte[] values, int at) {
        return Math.sqrt(direction(values, at) * direction(values, at)
                + direction(values, at + 1) * direction(values, at + 1)
                + direction(values, at + 2) * direction(values, at + 2)
                + 1e-12);
    }

    private static double direction(byte[] values, int at) {
        return (values[at] & 0xFF) / 127.5 - 1;
    }

    /**
     * Returns the mean angle between a normal map and the normals of a height map, in degrees.
     *
     * @param relief texels that height 255 lies above height 0
     */
    static double roundTripDegrees(Mat height, Mat normal, double relief) {
        var values = new Mat();
        Core.extractChannel(height, values, 0);
        values.convertTo(values, CvType.CV_32F, relief / 255);
        Core.copyMakeBorder(values, values, 1, 1, 1, 1, Core.BORDER_WRAP);
        var across = new Mat();
        var down = new Mat();
        Imgproc.Scharr(values, across, CvType.CV_32F, 1, 0, 1.0 / 32);
        Imgproc.Scharr(values, down, CvType.CV_32F, 0, 1, 1.0 / 32);
        var side = normal.rows();
        var bytes = new byte[3 * side * side];
        normal.get(0, 0, bytes);
        var x = new float[(side + 2) * (side + 2)];
        var y = new float[x.length];
        across.get(0, 0, x);
        down.get(0, 0, y);
        var sum = 0.0;
        for (var i = 0; i < side * side; i++) {
            var at = (i / side + 1) * (side + 2) + i % side + 1;
            var dot =
                    direction(bytes, 3 * i) + y[at] * direction(bytes, 3 * i + 1) - x[at] * direction(bytes, 3 * i + 2);
            sum += Math.acos(
                    Math.clamp(dot / (length(bytes, 3 * i) * Math.sqrt(1 + x[at] * x[at] + y[at] * y[at])), -1, 1));
        }
        return Math.toDegrees(sum / (side * (double) side));
    }

    /** Returns the distance of each corner, in pixels of the photo. */
    static List<Double> cornerErrors(List<Point> found, List<Point> known) {
        return IntStream.range(0, 4)
                .mapToObj(i -> Math.hypot(found.get(i).x - known.get(i).x, found.get(i).y - known.get(i).y))
                .toList();
    }

    /** Returns median, 90th percentile and greatest of a list, under names. */
    static Map<String, Double> summary(String name, List<Double> values) {
        var sorted = values.stream().sorted().toList();
        var summary = new TreeMap<String, Double>();
        summary.put(name + "Median", sorted.get(sorted.size() / 2));
        summary.put(name + "P90", sorted.get(Math.min(sorted.size() - 1, (int) Math.ceil(0.9 * sorted.size()) - 1)));
        summary.put(name + "Worst", sorted.getLast());
        return summary;
    }
}
