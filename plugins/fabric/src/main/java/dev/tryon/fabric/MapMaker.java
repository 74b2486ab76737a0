package dev.tryon.fabric;

import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/**
 * Makes all the other maps from a base colour that tiles.
 *
 * @param base {@code CV_8UC3}, BGR, square, of even side
 * @param repeat of the cloth
 * @param hint class of the cloth, where a person named it
 * @param gloss how much colour pales with light across the swatch
 * @param ground lightness of what the cloth lies on, 0..255, where it is seen
 * @param scope owns the maps
 */
record MapMaker(
        Mat base,
        Optional<Repeat> repeat,
        Optional<FabricClass> hint,
        double gloss,
        Optional<Double> ground,
        MatScope scope) {
    /** How much rougher, or smoother, a place one spread deeper, or higher, is. */
    private static final double ROUGHNESS_DETAIL = 0.02;

    /** Returns the maps. */
    ScannedMaps make() {
        var shades = Shades.of(base, scope);
        var traits = ClothTraits.of(base, shades, repeat, gloss, scope);
        var guess = hint.map(ClassGuess::given).orElseGet(() -> ClassGuess.of(traits));
        var relief = Relief.of(shades, traits, guess, scope);
        var depth = Core.minMaxLoc(relief.height());
        var range = Math.max(1e-3, depth.maxVal - depth.minVal);
        var height = scope.mat();
        relief.height().convertTo(height, CvType.CV_8U, 255 / range, -255 * depth.minVal / range);
        var occlusion = scope.mat();
        Occlusion.of(relief.height(), scope).convertTo(occlusion, CvType.CV_8U, 255);
        var metalness = scope.mat(base.rows(), base.cols(), CvType.CV_8U);
        metalness.setTo(Scalar.all(0));
        return new ScannedMaps(
                base,
                height,
                relief.normals(scope),
                roughness(guess.kind(), relief.height()),
                occlusion,
                metalness,
                guess.kind() == FabricClass.LACE ? Holes.opacity(base, ground, scope) : Optional.empty(),
                range / base.cols(),
                shades.dye(),
                guess);
    }

    private Mat roughness(FabricClass kind, Mat height) {
        var spread = Math.max(1e-6, Core.norm(height) / base.rows());
        var roughness = scope.mat();
        height.convertTo(roughness, CvType.CV_8U, -255 * ROUGHNESS_DETAIL / spread, 255 * ClassSurface.roughness(kind));
        return roughness;
    }
}
