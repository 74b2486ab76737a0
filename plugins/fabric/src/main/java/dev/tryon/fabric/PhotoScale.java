package dev.tryon.fabric;

import java.util.Optional;
import org.opencv.core.Mat;

/**
 * The scale of a photo as a coin or a ruler in it tells.
 *
 * @param widthMillimetres of the swatch
 * @param confidence that the thing is what it was taken for, 0..1
 * @param clear the part of the swatch that the thing does not cover
 */
record PhotoScale(double widthMillimetres, double confidence, ClearPart clear) {
    /** A phone's focal length by the photo's longer side. */
    private static final double PHONE_FOCAL = 0.8;

    /**
     * Measures.
     *
     * @param photo {@code CV_8UC3}, BGR
     * @param aspect the swatch's width by its height
     * @return empty if the thing is not seen
     */
    static Optional<PhotoScale> of(Mat photo, PhotoSwatch swatch, double aspect, ScaleReference reference) {
        try (var scope = new MatScope()) {
            var view = ScaleView.of(photo, swatch, aspect, scope);
            return reference.in(view).map(mark -> of(mark, view, photo, swatch, aspect));
        }
    }

    private static PhotoScale of(ScaleMark mark, ScaleView view, Mat photo, PhotoSwatch swatch, double aspect) {
        // A thing with a face above the cloth looks larger than it is, by its height over the camera's.
        var photoPixels = Math.sqrt(swatch.corners().area() / aspect) / view.pixelsPerHeight();
        var distance = PHONE_FOCAL * Math.max(photo.cols(), photo.rows()) * mark.millimetresPerPixel() / photoPixels;
        var millimetres = mark.millimetresPerPixel() * (1 + mark.thicknessMillimetres() / distance);
        var covered = mark.outline().stream().map(view.toSwatch()::map).toList();
        return new PhotoScale(view.pixelsPerHeight() * aspect * millimetres, mark.confidence(), ClearPart.of(covered));
    }
}
