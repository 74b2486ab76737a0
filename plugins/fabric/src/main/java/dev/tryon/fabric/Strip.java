package dev.tryon.fabric;

import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * The brightness on both sides of a line across a picture.
 *
 * @param origin where the first column and the middle row lie in the picture
 * @param along one pixel to the right
 * @param down one pixel down
 * @param columns along the line
 * @param rows across it, the line in the middle one
 * @param values of column x and row y at {@code y * columns + x}, without what changes slowly along the line
 */
@SuppressWarnings("ArrayRecordComponent") // strips are never compared
record Strip(Spot origin, Spot along, Spot down, int columns, int rows, float[] values) {
    static final int HALF = 110;
    private static final int SMOOTHING = 41;

    /** Reads a strip from rim to rim. @param grey {@code CV_8U} */
    static Strip along(Mat grey, RulerFinder.Line line) {
        return of(grey, line.from(), line.along());
    }

    /** Reads a strip through a place. */
    static Strip of(Mat grey, Spot through, Spot way) {
        var last = new Spot(grey.cols() - 1, grey.rows() - 1);
        // How far the line can go each way before it leaves the picture.
        var back = Math.min(room(through.x(), -way.x(), last.x()), room(through.y(), -way.y(), last.y()));
        var forth = Math.min(room(through.x(), way.x(), last.x()), room(through.y(), way.y(), last.y()));
        var columns = Math.max(2, (int) (back + forth));
        var rows = 2 * HALF + 1;
        var origin = through.minus(way.times(back));
        var down = new Spot(-way.y(), way.x());
        try (var scope = new MatScope()) {
            var corner = origin.minus(down.times(HALF));
            var read = scope.mat();
            Imgproc.warpAffine(
                    grey,
                    read,
                    affine(way, down, corner, scope),
                    new Size(columns, rows),
                    Imgproc.INTER_LINEAR | Imgproc.WARP_INVERSE_MAP,
                    Core.BORDER_REPLICATE);
            read.convertTo(read, CvType.CV_32F);
            var slow = scope.mat();
            Imgproc.blur(read, slow, new Size(SMOOTHING, 1));
            Core.subtract(read, slow, read);
            var values = new float[columns * rows];
            read.get(0, 0, values);
            return new Strip(origin, way, down, columns, rows, values);
        }
    }

    private static Mat affine(Spot way, Spot down, Spot corner, MatScope scope) {
        var matrix = scope.mat(2, 3, CvType.CV_64F);
        matrix.put(0, 0, way.x(), down.x(), corner.x(), way.y(), down.y(), corner.y());
        return matrix;
    }

    private static double room(double from, double step, double last) {
        return Math.abs(step) < 1e-9 ? Double.MAX_VALUE : step > 0 ? (last - from) / step : from / -step;
    }

    /** Returns where a place of the strip lies in the picture. @param below the line, in rows */
    Spot place(double column, double below) {
        return origin.plus(along.times(column)).plus(down.times(below));
    }

    /** Returns the brightness at a column of a row, between columns. */
    double at(int row, double column) {
        var left = Math.clamp((int) Math.floor(column), 0, columns - 2);
        var share = column - left;
        var at = row * columns + left;
        return (1 - share) * values[at] + share * values[at + 1];
    }
}
