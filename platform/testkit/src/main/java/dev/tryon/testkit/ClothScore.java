package dev.tryon.testkit;

import java.util.List;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * What was measured of one scan.
 *
 * @param material that was photographed
 * @param kind the class of cloth that it is
 * @param guess the class that it was taken for
 * @param corners how far each is off, in pixels of the photo
 * @param roundTripDegrees between the normals and those of the height, where there is one
 * @param roughnessError of the mean, where the true one is known
 * @param millis of the processor, for the maps alone
 * @param encodedMillis with the maps encoded
 */
record ClothScore(
        String material,
        String kind,
        String guess,
        List<Double> corners,
        LightQuality light,
        TileQuality tile,
        ScanQuality.NormalError normals,
        Optional<Double> roundTripDegrees,
        Optional<Double> roughnessError,
        double millis,
        double encodedMillis) {

    /** Measures a scan. @param roughness the true mean, where it is known */
    static ClothScore of(
            String material,
            String kind,
            Scanned scanned,
            List<Point> corners,
            TrueCloth truth,
            Optional<Double> roughness) {
        var base = scanned.picture("basecolor");
        var normal = scanned.picture("normal");
        return new ClothScore(
                material,
                kind,
                scanned.word("class"),
                ScanQuality.cornerErrors(scanned.places("corners"), corners),
                LightQuality.of(base, truth),
                TileQuality.of(base, truth),
                ScanQuality.normals(sized(normal, truth.normal().size()), truth.normal()),
                Optional.of(ScanQuality.roundTripDegrees(
                        scanned.picture("height"), normal, scanned.number("relief") * normal.cols())),
                roughness.map(known -> Math.abs(Core.mean(scanned.picture("roughness")).val[0] / 255 - known)),
                scanned.millis(),
                scanned.encodedMillis());
    }

    private static Mat sized(Mat map, Size size) {
        var sized = new Mat();
        Imgproc.resize(map, sized, size, 0, 0, Imgproc.INTER_AREA);
        return sized;
    }
}
