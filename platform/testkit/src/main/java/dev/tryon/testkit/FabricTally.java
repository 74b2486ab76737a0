package dev.tryon.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** What was measured of many scans, and what it comes to. */
final class FabricTally {
    private final List<Double> corners = new ArrayList<>();
    private final List<Double> light = new ArrayList<>();
    private final List<TileQuality> tiles = new ArrayList<>();
    private final Map<String, List<ScanQuality.NormalError>> normals = new TreeMap<>();
    private final List<Double> roundTrips = new ArrayList<>();
    private final List<Double> roughness = new ArrayList<>();
    private final List<Double> millis = new ArrayList<>();
    private final List<Double> encodedMillis = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    void corners(List<Point> found, List<Point> known) {
        corners.addAll(ScanQuality.cornerErrors(found, known));
    }

    void light(Mat base, Mat truth) {
        light.add(ScanQuality.lightResidualPercent(base, truth));
    }

    void tile(Mat base) {
        tiles.add(TileQuality.of(base));
    }

    void normals(String material, Mat ours, Mat truth) {
        normals.computeIfAbsent(material, _ -> new ArrayList<>()).add(ScanQuality.normals(ours, truth));
    }

    void roundTrip(Scanned scanned) {
        var normal = scanned.picture("normal");
        roundTrips.add(ScanQuality.roundTripDegrees(
                scanned.picture("height"), normal, scanned.number("relief") * normal.cols()));
    }

    void roughness(double ours, double truth) {
        roughness.add(Math.abs(ours - truth));
    }

    void millis(double maps, double encoded) {
        millis.add(maps);
        encodedMillis.add(encoded);
    }

    void refused(String what) {
        refused.add(what);
        System.err.println("refused " + what);
    }

    /** Returns a map at another size. */
    static Mat shrunk(Mat map, int side) {
        var shrunk = new Mat();
        Imgproc.resize(map, shrunk, new Size(side, side), 0, 0, Imgproc.INTER_AREA);
        return shrunk;
    }

    /** Adds a row of everything that was measured. */
    void addTo(List<BenchRow> rows, String scenario, String subject) {
        var metrics = new TreeMap<String, Double>();
        metrics.put("pictures", (double) millis.size());
        metrics.put("refused", (double) refused.size());
        metrics.putAll(ScanQuality.summary("cornerPixels", corners));
        metrics.putAll(ScanQuality.summary("lightResidualPercent", light));
        metrics.putAll(ScanQuality.summary(
                "seamRatio", tiles.stream().map(TileQuality::seamRatio).toList()));
        var bands =
                tiles.stream().mapToDouble(TileQuality::bandContrast).sorted().toArray();
        metrics.put("bandContrastLeast", bands[0]);
        metrics.put("bandContrastMedian", bands[bands.length / 2]);
        metrics.put("bandContrastMost", bands[bands.length - 1]);
        metrics.putAll(ScanQuality.summary(
                "patchRatio", tiles.stream().map(TileQuality::patchRatio).toList()));
        addNormals(metrics);
        if (!roundTrips.isEmpty()) {
            metrics.putAll(ScanQuality.summary("roundTripDegrees", roundTrips));
        }
        if (!roughness.isEmpty()) {
            metrics.put("roughnessError", mean(roughness));
        }
        metrics.putAll(ScanQuality.summary("cpuMillis", millis));
        metrics.putAll(ScanQuality.summary("encodedCpuMillis", encodedMillis));
        rows.add(new BenchRow(scenario, subject, metrics));
    }

    private void addNormals(Map<String, Double> metrics) {
        var all = normals.values().stream().flatMap(List::stream).toList();
        metrics.put(
                "normalDegrees",
                all.stream()
                        .mapToDouble(ScanQuality.NormalError::degrees)
                        .average()
                        .orElse(0));
        metrics.put(
                "flatNormalDegrees",
                all.stream()
                        .mapToDouble(ScanQuality.NormalError::flatDegrees)
                        .average()
                        .orElse(0));
        metrics.put(
                "worstMaterialOverFlatDegrees",
                normals.values().stream()
                        .mapToDouble(list -> list.stream()
                                .mapToDouble(error -> error.degrees() - error.flatDegrees())
                                .average()
                                .orElse(0))
                        .max()
                        .orElse(0));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElse(0);
    }
}
