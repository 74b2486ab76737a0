package dev.tryon.fabric;

import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * The plane that a swatch lies in, seen from straight above: the swatch, and of its ground what the photo shows.
 *
 * @param picture {@code CV_8UC3}, BGR; what the photo does not show goes on as its rim
 * @param toPhoto from pixels of the picture to pixels of the photo
 * @param toSwatch from pixels of the picture to the swatch, as the unit square
 * @param pixelsPerHeight how many pixels the swatch is high
 * @param straight whether the swatch's corners tell how aslant the photo is
 */
record ScaleView(Mat picture, Projection toPhoto, Projection toSwatch, double pixelsPerHeight, boolean straight) {
    private static final int LONGEST = 2200;
    /** How far around the swatch the view goes, in swatches. */
    private static final double AROUND = 1.5;

    private static final double COARSEST_STEP = 1.5;

    /** Looks at a photo. @param aspect the swatch's width by its height */
    static ScaleView of(Mat photo, PhotoSwatch swatch, double aspect, MatScope scope) {
        var corners = swatch.corners();
        var unit = Projection.unitSquareTo(corners);
        var high = Math.sqrt(corners.area() / aspect);
        // Where the photo's corners lie, in swatches.
        var left = 0.0;
        var top = 0.0;
        var right = 1.0;
        var bottom = 1.0;
        var back = unit.inverse();
        for (var place : Corners.of(photo.cols(), photo.rows()).places()) {
            var there = back.map(place);
            var behind = unit.depth(there) <= 0;
            var x = reach(behind ? 1 - there.x() : there.x(), behind);
            var y = reach(behind ? 1 - there.y() : there.y(), behind);
            left = Math.min(left, x);
            right = Math.max(right, x);
            top = Math.min(top, y);
            bottom = Math.max(bottom, y);
        }
        var wide = high * aspect;
        var shrink = Math.min(1, LONGEST / Math.max((right - left) * wide, (bottom - top) * high));
        wide *= shrink;
        high *= shrink;
        var toSwatch = Projection.affine(new Spot(1 / wide, 0), new Spot(0, 1 / high), new Spot(left, top));
        var source = photo;
        var toSource = unit.after(toSwatch);
        if (1 / shrink > COARSEST_STEP) {
            var scale = COARSEST_STEP * shrink;
            source = scope.mat();
            Imgproc.resize(photo, source, new Size(), scale, scale, Imgproc.INTER_AREA);
            toSource = Projection.affine(
                            new Spot(scale, 0), new Spot(0, scale), new Spot(0.5 * scale - 0.5, 0.5 * scale - 0.5))
                    .after(toSource);
        }
        var picture = scope.mat();
        Imgproc.warpPerspective(
                source,
                picture,
                toSource.matrix(scope),
                new Size(Math.ceil((right - left) * wide), Math.ceil((bottom - top) * high)),
                Imgproc.INTER_CUBIC | Imgproc.WARP_INVERSE_MAP,
                Core.BORDER_REPLICATE);
        return new ScaleView(
                picture, unit.after(toSwatch), toSwatch, high, swatch.origin() != PhotoSwatch.Origin.WHOLE_PHOTO);
    }

    /** Returns the picture with its mean colour where the swatch is. */
    Mat withoutSwatch(MatScope scope) {
        var blank = scope.mat();
        picture.copyTo(blank);
        var back = toSwatch.inverse();
        var first = back.map(new Spot(0, 0));
        var last = back.map(new Spot(1, 1));
        Imgproc.rectangle(
                blank,
                new Point(first.x(), first.y()),
                new Point(last.x(), last.y()),
                Core.mean(picture),
                Imgproc.FILLED);
        return blank;
    }

    /** Bounds how far out the view goes; what lies behind the horizon is as far out as can be. */
    private static double reach(double share, boolean behind) {
        if (behind) {
            return share > 0.5 ? 1 + AROUND : -AROUND;
        }
        return Math.clamp(share, -AROUND, 1 + AROUND);
    }
}
