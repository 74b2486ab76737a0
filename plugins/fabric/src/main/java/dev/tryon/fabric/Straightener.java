package dev.tryon.fabric;

import dev.tryon.vision.LinearLight;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * A photo of a swatch, and how it is read straight.
 *
 * @param photo {@code CV_8UC3}, BGR
 * @param corners of the swatch
 * @param projection from the swatch, as the unit square, to the photo
 */
record Straightener(Mat photo, Corners corners, Projection projection) {
    /** Photo pixels for one read beyond which the photo is shrunk first, so that nothing flickers through. */
    private static final double COARSEST_STEP = 1.5;

    /** Photo pixels at the edge of a swatch that still show its ground. */
    private static final double EDGE = 1.5;

    static Straightener of(Mat photo, Corners corners) {
        return new Straightener(photo, corners, Projection.unitSquareTo(corners));
    }

    /** Returns the share of the swatch at each side that still shows what lies beside it. */
    double margin() {
        return EDGE / Math.min(corners.width(), corners.height());
    }

    /**
     * Reads part of the swatch.
     *
     * @param part from the unit square to the swatch, as the unit square
     * @param side of the square result, in pixels
     * @return {@code CV_8UC3}, BGR
     */
    Mat read(Projection part, int side, MatScope scope) {
        var step = step(part, side);
        var source = photo;
        var scale = 1.0;
        if (step > COARSEST_STEP) {
            scale = COARSEST_STEP / step;
            source = scope.mat();
            Imgproc.resize(photo, source, new Size(), scale, scale, Imgproc.INTER_AREA);
        }
        var pixels =
                Projection.affine(new Spot(1.0 / side, 0), new Spot(0, 1.0 / side), new Spot(0.5 / side, 0.5 / side));
        var shrink = Projection.affine(
                new Spot(scale, 0), new Spot(0, scale), new Spot(0.5 * scale - 0.5, 0.5 * scale - 0.5));
        var map = shrink.after(edges()).after(part).after(pixels);
        var straight = scope.mat();
        Imgproc.warpPerspective(
                source,
                straight,
                map.matrix(scope),
                new Size(side, side),
                Imgproc.INTER_CUBIC | Imgproc.WARP_INVERSE_MAP,
                Core.BORDER_REPLICATE);
        return straight;
    }

    /** Corners are the centres of the outermost pixels; a tile's sides are half a pixel further out. */
    private Projection edges() {
        var x = 0.5 / corners.width();
        var y = 0.5 / corners.height();
        return projection.after(Projection.affine(new Spot(1 + 2 * x, 0), new Spot(0, 1 + 2 * y), new Spot(-x, -y)));
    }

    /** Returns where the corners of a part of the swatch lie in the photo, clockwise from the top left. */
    Corners place(Projection part) {
        var map = edges().after(part);
        return new Corners(
                map.map(new Spot(0, 0)), map.map(new Spot(1, 0)), map.map(new Spot(1, 1)), map.map(new Spot(0, 1)));
    }

    private double step(Projection part, int side) {
        var place = place(part);
        return Math.sqrt(place.area()) / side;
    }

    /** Returns pixels in linear light, shrunk to a square of this side: {@code CV_32FC3}. */
    static Mat linear(Mat bgr, int side, MatScope scope) {
        var bytes = new byte[3 * bgr.rows() * bgr.cols()];
        bgr.get(0, 0, bytes);
        var values = new float[bytes.length];
        for (var i = 0; i < bytes.length; i++) {
            values[i] = LinearLight.ofByte(bytes[i]);
        }
        var linear = scope.mat(bgr.rows(), bgr.cols(), CvType.CV_32FC3);
        linear.put(0, 0, values);
        Imgproc.resize(linear, linear, new Size(side, side), 0, 0, Imgproc.INTER_AREA);
        return linear;
    }

    /** Returns pixels divided by the light on them. @param light {@code CV_32F} of the whole swatch, any size */
    static Mat evened(Mat bgr, Mat light, Projection part, MatScope scope) {
        var side = bgr.rows();
        var gains = new float[side * side];
        part(light, part, side, scope).get(0, 0, gains);
        var bytes = new byte[3 * side * side];
        bgr.get(0, 0, bytes);
        for (var i = 0; i < gains.length; i++) {
            var gain = 1 / gains[i];
            for (var k = 3 * i; k < 3 * i + 3; k++) {
                bytes[k] = (byte) (LinearLight.toByte(gain * LinearLight.ofByte(bytes[k])) + 0.5f);
            }
        }
        var evened = scope.mat(side, side, CvType.CV_8UC3);
        evened.put(0, 0, bytes);
        return evened;
    }

    /**
     * Reads a part of what is known of the whole swatch.
     *
     * @param field {@code CV_32F} of the whole swatch, any size
     * @param part from the unit square to the swatch, as the unit square
     * @param side of the square result, in pixels
     */
    static Mat part(Mat field, Projection part, int side, MatScope scope) {
        var pixels =
                Projection.affine(new Spot(1.0 / side, 0), new Spot(0, 1.0 / side), new Spot(0.5 / side, 0.5 / side));
        var toField = Projection.affine(new Spot(field.cols(), 0), new Spot(0, field.rows()), new Spot(-0.5, -0.5));
        var read = scope.mat();
        Imgproc.warpPerspective(
                field,
                read,
                toField.after(part).after(pixels).matrix(scope),
                new Size(side, side),
                Imgproc.INTER_LINEAR | Imgproc.WARP_INVERSE_MAP,
                Core.BORDER_REPLICATE);
        return read;
    }
}
