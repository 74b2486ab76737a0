package dev.tryon.testkit;

import dev.tryon.vision.LinearLight;
import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * What a scan should have found: the true maps where its tile lies, {@code CV_8UC3} as scans have them.
 *
 * @param base colour
 * @param normal z, y up, x
 * @param cover how much of each texel is cloth, {@code CV_8U}
 * @param beyond the base colour there and as far beyond as a tile's quality is measured by
 * @param copies ways, in shares of the tile, by which the true cloth is the same again, yarn by yarn; empty where all its
 *     periods are
 */
record TrueCloth(Mat base, Mat normal, Mat cover, Mat beyond, List<Point> copies) {
    private static final int MOST_COPIES = 5;
    private static final double SAME_AREA = 1;

    /** Reads the maps of a photographed material. @param side of the tile in texels */
    static TrueCloth of(ClothSet.Truth truth, List<Point> corners, List<Point> tile, int side) {
        var size = (int) Math.round(side * (1 + TileQuality.BEYOND));
        return new TrueCloth(
                aligned(truth.base(), corners, tile, side, side),
                aligned(truth.normal(), corners, tile, side, side),
                new Mat(side, side, CvType.CV_8U, Scalar.all(255)),
                aligned(truth.base(), corners, tile, side, size),
                copies(corners, 1, 1, tile));
    }

    /** Reads the maps of a photograph of drawn cloth. @param side of the tile in texels */
    static TrueCloth of(ClothMaps maps, ClothTruth truth, List<Point> tile, int side) {
        var size = (int) Math.round(side * (1 + TileQuality.BEYOND));
        var map = toMillimetres(truth, tile, side);
        var step = Math.hypot(map[0] / map[8], map[3] / map[8]) * maps.size() / maps.millimetres();
        var blur = Math.log(Math.max(1, step)) / Math.log(2);
        var base = new byte[3 * size * size];
        var normal = new byte[base.length];
        var cover = new byte[size * size];
        var sample = new float[ClothMaps.CHANNELS];
        for (var y = 0; y < size; y++) {
            for (var x = 0; x < size; x++) {
                var z = map[6] * x + map[7] * y + map[8];
                maps.sample(
                        truth.fromRight() + (map[0] * x + map[1] * y + map[2]) / z,
                        truth.fromDown() + (map[3] * x + map[4] * y + map[5]) / z,
                        blur,
                        sample);
                cover[y * size + x] = (byte) Math.round(255 * sample[8]);
                for (var k = 0; k < 3; k++) {
                    base[3 * (y * size + x) + 2 - k] = (byte) LinearLight.toByte(sample[k]);
                    normal[3 * (y * size + x) + 2 - k] = (byte) Math.round(127.5 * (sample[3 + k] + 1));
                }
            }
        }
        var beyond = picture(base, size, CvType.CV_8UC3);
        var own = new Rect(0, 0, side, side);
        return new TrueCloth(
                beyond.submat(own).clone(),
                picture(normal, size, CvType.CV_8UC3).submat(own).clone(),
                picture(cover, size, CvType.CV_8U).submat(own).clone(),
                beyond,
                copies(maps, truth, tile));
    }

    /** Returns where the corners of a drawn swatch are, the centre of the first pixel being (0, 0). */
    static List<Point> corners(ClothTruth truth) {
        return truth.corners().stream()
                .map(corner -> new Point(corner.x() - 0.5, corner.y() - 0.5))
                .toList();
    }

    /** A pattern as large as the tile that it was drawn of has no other periods than copies. */
    private static List<Point> copies(ClothMaps maps, ClothTruth truth, List<Point> tile) {
        var side = maps.millimetres();
        var alike = truth.repeat()
                .filter(ways ->
                        Math.abs(ways.get(0) * ways.get(3) - ways.get(1) * ways.get(2)) > side * side - SAME_AREA)
                .isPresent();
        return alike
                ? List.of()
                : copies(corners(truth), truth.widthMillimetres() / side, truth.heightMillimetres() / side, tile);
    }

    /** Returns the copies. @param width of the swatch in tiles that it was made of; height likewise */
    private static List<Point> copies(List<Point> corners, double width, double height, List<Point> tile) {
        var swatch = new Point[] {new Point(0, 0), new Point(width, 0), new Point(width, height), new Point(0, height)};
        var places = new MatOfPoint2f();
        Core.perspectiveTransform(
                points(tile), places, Imgproc.getPerspectiveTransform(points(corners), new MatOfPoint2f(swatch)));
        var at = places.toArray();
        var across = new Point(at[1].x - at[0].x, at[1].y - at[0].y);
        var down = new Point(at[3].x - at[0].x, at[3].y - at[0].y);
        var area = across.x * down.y - across.y * down.x;
        var copies = new ArrayList<Point>();
        for (var right = -MOST_COPIES; right <= MOST_COPIES; right++) {
            for (var below = -MOST_COPIES; below <= MOST_COPIES; below++) {
                copies.add(new Point(
                        (right * down.y - below * down.x) / area, (below * across.x - right * across.y) / area));
            }
        }
        return copies;
    }

    private static double[] toMillimetres(ClothTruth truth, List<Point> tile, int side) {
        var w = truth.widthMillimetres();
        var h = truth.heightMillimetres();
        var millimetres = new Point[] {new Point(0, 0), new Point(w, 0), new Point(w, h), new Point(0, h)};
        var map = new Mat();
        Core.gemm(
                Imgproc.getPerspectiveTransform(points(corners(truth)), new MatOfPoint2f(millimetres)),
                Imgproc.getPerspectiveTransform(outer(side), points(tile)),
                1,
                new Mat(),
                0,
                map);
        var values = new double[9];
        map.get(0, 0, values);
        return values;
    }

    /** Warps a map. @param size of the result, of whose upper left the tile takes {@code side} */
    private static Mat aligned(Mat truth, List<Point> corners, List<Point> tile, int side, int size) {
        var last = truth.cols() - 1;
        var known = new MatOfPoint2f(new Point(0, 0), new Point(last, 0), new Point(last, last), new Point(0, last));
        var map = new Mat();
        Core.gemm(
                Imgproc.getPerspectiveTransform(points(corners), known),
                Imgproc.getPerspectiveTransform(outer(side), points(tile)),
                1,
                new Mat(),
                0,
                map);
        var aligned = new Mat();
        Imgproc.warpPerspective(
                truth,
                aligned,
                map,
                new Size(size, size),
                Imgproc.INTER_LINEAR | Imgproc.WARP_INVERSE_MAP,
                Core.BORDER_WRAP);
        return aligned;
    }

    private static MatOfPoint2f outer(int side) {
        return new MatOfPoint2f(
                new Point(-0.5, -0.5),
                new Point(side - 0.5, -0.5),
                new Point(side - 0.5, side - 0.5),
                new Point(-0.5, side - 0.5));
    }

    private static MatOfPoint2f points(List<Point> points) {
        return new MatOfPoint2f(points.toArray(new Point[0]));
    }

    private static Mat picture(byte[] values, int side, int type) {
        var picture = new Mat(side, side, type);
        picture.put(0, 0, values);
        return picture;
    }
}
