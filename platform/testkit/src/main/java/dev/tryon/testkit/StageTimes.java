package dev.tryon.testkit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Where the time of a frame goes, from the server's own figures. */
final class StageTimes {
    private static final Pattern STAGE = Pattern.compile("^tryon_frame_stage_seconds\\{.*stage=\"(\\w+)\".*");
    private static final Pattern QUANTILE = Pattern.compile("quantile=\"([^\"]*)\"");

    private StageTimes() {}

    /** Returns a row per stage with the percentiles that the server tells, over everything it served lately. */
    static List<BenchRow> of(Map<String, Double> figures) {
        var stages = new TreeMap<String, Map<String, Double>>();
        figures.forEach((figure, value) -> {
            var stage = STAGE.matcher(figure);
            var share = QUANTILE.matcher(figure);
            if (stage.matches() && share.find()) {
                var name = "p%dMillis".formatted(Math.round(100 * Double.parseDouble(share.group(1))));
                stages.computeIfAbsent(stage.group(1), _ -> new TreeMap<>()).put(name, 1e3 * value);
            }
        });
        return stages.entrySet().stream()
                .map(entry -> new BenchRow("stage " + entry.getKey(), "ours", entry.getValue()))
                .toList();
    }
}
