package dev.tryon.testkit;

import dev.tryon.vision.LinearLight;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfDouble;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** How near the maps of a scan come to those that were photographed. */
final class ScanQuality {
    /** Spread of the blur whose result is light and not cloth, as a share of the tile. */
    private static final double LIGHT_BLUR = 1 / 16.0;

    private ScanQuality() {}

    /**
     * Warps a map that is known to where the tile lies.
     *
     * @param truth the map, covering the swatch
     * @param corners of the swatch in the photo, centres of the outermost texels of the map
     * @param tile of the scan in the photo, its outer corners
     * @param side of the tile in texels
     */
    static Mat aligned(Mat truth, List<Point> corners, List<Point> tile, int side) {
        var last = truth.cols() - 1;
        var known = new Point[] {new Point(0, 0), new Point(last, 0), new Point(last, last), new Point(0, last)};
        var outer = new Point[] {
            new Point(-0.5, -0.5),
            new Point(side - 0.5, -0.5),
            new Point(side - 0.5, side - 0.5),
            new Point(-0.5, side - 0.5)
        };
        var toPhoto = Imgproc.getPerspectiveTransform(new MatOfPoint2f(outer), points(tile));
        var toTruth = Imgproc.getPerspectiveTransform(points(corners), new MatOfPoint2f(known));
        var map = new Mat();
        Core.gemm(toTruth, toPhoto, 1, new Mat(), 0, map);
        var aligned = new Mat();
        Imgproc.warpPerspective(
                truth,
                aligned,
                map,
                new Size(side, side),
                Imgproc.INTER_LINEAR | Imgproc.WARP_INVERSE_MAP,
                Core.BORDER_WRAP);
        return aligned;
    }

    private static MatOfPoint2f points(List<Point> points) {
        return new MatOfPoint2f(points.toArray(new Point[0]));
    }

    /** Maps of drawn cloth where the tile lies, {@code CV_8UC3} as scans have them. */
    record Drawn(Mat base, Mat normal) {}

    /** Reads the true maps of a photograph of drawn cloth. @param side of the maps in texels */
    static Drawn drawn(ClothMaps maps, ClothTruth truth, List<Point> tile, int side) {
        var corners = truth.corners().stream()
                .map(corner -> new Point(corner.x() - 0.5, corner.y() - 0.5))
                .toList();
        var w = truth.widthMillimetres();
        var h = truth.heightMillimetres();
        var millimetres = new Point[] {new Point(0, 0), new Point(w, 0), new Point(w, h), new Point(0, h)};
        var outer = new Point[] {
            new Point(-0.5, -0.5),
            new Point(side - 0.5, -0.5),
            new Point(side - 0.5, side - 0.5),
            new Point(-0.5, side - 0.5)
        };
        var map = new Mat();
        Core.gemm(
                Imgproc.getPerspectiveTransform(points(corners), new MatOfPoint2f(millimetres)),
                Imgproc.getPerspectiveTransform(new MatOfPoint2f(outer), points(tile)),
                1,
                new Mat(),
                0,
                map);
        var m = new double[9];
        map.get(0, 0, m);
        var step = Math.hypot(m[0] / m[8], m[3] / m[8]) * maps.size() / maps.millimetres();
        var blur = Math.log(Math.max(1, step)) / Math.log(2);
        var base = new byte[3 * side * side];
        var normal = new byte[base.length];
        var sample = new float[ClothMaps.CHANNELS];
        for (var y = 0; y < side; y++) {
            for (var x = 0; x < side; x++) {
                var z = m[6] * x + m[7] * y + m[8];
                maps.sample(
                        truth.fromRight() + (m[0] * x + m[1] * y + m[2]) / z,
                        truth.fromDown() + (m[3] * x + m[4] * y + m[5]) / z,
                        blur,
                        sample);
                for (var k = 0; k < 3; k++) {
                    base[3 * (y * side + x) + 2 - k] = (byte) LinearLight.toByte(sample[k]);
                    normal[3 * (y * side + x) + 2 - k] = (byte) Math.round(127.5 * (sample[3 + k] + 1));
                }
            }
        }
        return new Drawn(picture(base, side), picture(normal, side));
    }

    private static Mat picture(byte[] bgr, int side) {
        var picture = new Mat(side, side, CvType.CV_8UC3);
        picture.put(0, 0, bgr);
        return picture;
    }

    /** Returns what remains of the light: spread of the blurred ratio of both, in percent of its mean. */
    static double lightResidualPercent(Mat base, Mat truth) {
        var ours = blurred(base);
        var known = blurred(truth);
        Core.divide(ours, known, ours);
        var mean = new MatOfDouble();
        var spread = new MatOfDouble();
        Core.meanStdDev(ours, mean, spread);
        return 100 * spread.get(0, 0)[0] / mean.get(0, 0)[0];
    }

    private static Mat blurred(Mat bgr) {
        var linear = new Mat();
        bgr.convertTo(linear, CvType.CV_32F, 1.0 / 255);
        Core.pow(linear, 2.2, linear);
        Imgproc.cvtColor(linear, linear, Imgproc.COLOR_BGR2GRAY);
        var side = 128.0;
        Imgproc.resize(linear, linear, new Size(side, side), 0, 0, Imgproc.INTER_AREA);
        Imgproc.GaussianBlur(linear, linear, new Size(0, 0), LIGHT_BLUR * side, 0, Core.BORDER_REFLECT);
        return linear;
    }

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
