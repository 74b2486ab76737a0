package dev.tryon.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What was measured of many scans, and what it comes to. */
final class FabricTally {
    private final List<ClothScore> scores = new ArrayList<>();
    private final Map<String, Integer> refused = new TreeMap<>();

    void add(ClothScore score) {
        scores.add(score);
    }

    void refused(String material, String why) {
        refused.merge(material, 1, Integer::sum);
        System.err.println("refused " + material + ": " + why);
    }

    /** Adds a row of everything that was measured. */
    void addTo(List<BenchRow> rows, String scenario, String subject) {
        if (!scores.isEmpty()) {
            var all = refused.values().stream().mapToInt(count -> count).sum();
            rows.add(new BenchRow(scenario, subject, metrics(scores, all)));
        }
    }

    /** Adds a row for each material. */
    void addMaterialsTo(List<BenchRow> rows, String scenario, String subject) {
        by(ClothScore::material)
                .forEach((material, list) -> rows.add(new BenchRow(
                        scenario + ": " + material, subject, metrics(list, refused.getOrDefault(material, 0)))));
    }

    /** Adds a row for each class of cloth: how often it was taken for which. */
    void addGuessesTo(List<BenchRow> rows, String scenario, String subject) {
        by(ClothScore::kind).forEach((kind, list) -> {
            var counts = new TreeMap<String, Double>();
            list.forEach(score -> counts.merge(score.guess(), 1.0, Double::sum));
            rows.add(new BenchRow(scenario + ", " + kind + " taken for", subject, counts));
        });
    }

    private Map<String, List<ClothScore>> by(Function<ClothScore, String> name) {
        return scores.stream().collect(Collectors.groupingBy(name, TreeMap::new, Collectors.toList()));
    }

    private static Map<String, Double> metrics(List<ClothScore> list, int refused) {
        var metrics = new TreeMap<String, Double>();
        metrics.put("pictures", (double) list.size());
        metrics.put("refused", (double) refused);
        metrics.putAll(ScanQuality.summary(
                "cornerPixels",
                list.stream().flatMap(score -> score.corners().stream()).toList()));
        put(metrics, "lightPercent", list, score -> score.light().percent());
        put(metrics, "unevenLightPercent", list, score -> score.light().unevenPercent());
        put(metrics, "seamRatio", list, score -> score.tile().seamRatio());
        put(metrics, "patchRatio", list, score -> score.tile().patchRatio());
        putBands(metrics, list);
        putNormals(metrics, list);
        var roundTrips = list.stream()
                .map(ClothScore::roundTripDegrees)
                .flatMap(Optional::stream)
                .toList();
        if (!roundTrips.isEmpty()) {
            metrics.putAll(ScanQuality.summary("roundTripDegrees", roundTrips));
        }
        var roughness = list.stream()
                .map(ClothScore::roughnessError)
                .flatMap(Optional::stream)
                .toList();
        if (!roughness.isEmpty()) {
            metrics.put("roughnessError", mean(roughness, value -> value));
        }
        metrics.put("classRightShare", mean(list, score -> score.guess().equals(score.kind()) ? 1 : 0));
        put(metrics, "cpuMillis", list, ClothScore::millis);
        put(metrics, "encodedCpuMillis", list, ClothScore::encodedMillis);
        return metrics;
    }

    private static void put(
            Map<String, Double> metrics, String name, List<ClothScore> list, ToDoubleFunction<ClothScore> value) {
        metrics.putAll(ScanQuality.summary(
                name, list.stream().map(value::applyAsDouble).toList()));
    }

    private static void putBands(Map<String, Double> metrics, List<ClothScore> list) {
        var bands = list.stream()
                .mapToDouble(score -> score.tile().bandContrast())
                .sorted()
                .toArray();
        metrics.put("bandContrastLeast", bands[0]);
        metrics.put("bandContrastP05", bands[(int) (0.05 * (bands.length - 1))]);
        metrics.put("bandContrastMedian", bands[bands.length / 2]);
        metrics.put("bandContrastP95", bands[(int) Math.ceil(0.95 * (bands.length - 1))]);
        metrics.put("bandContrastMost", bands[bands.length - 1]);
    }

    private static void putNormals(Map<String, Double> metrics, List<ClothScore> list) {
        metrics.put("normalDegrees", mean(list, score -> score.normals().degrees()));
        metrics.put("flatNormalDegrees", mean(list, score -> score.normals().flatDegrees()));
        metrics.put(
                "worstMaterialOverFlatDegrees",
                list.stream().collect(Collectors.groupingBy(ClothScore::material)).values().stream()
                        .mapToDouble(one -> mean(
                                one,
                                score -> score.normals().degrees()
                                        - score.normals().flatDegrees()))
                        .max()
                        .orElse(0));
    }

    private static <T> double mean(List<T> list, ToDoubleFunction<T> value) {
        return list.stream().mapToDouble(value).average().orElse(0);
    }
}
