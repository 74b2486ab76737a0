package dev.tryon.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Where the time of a frame goes, read from the server's own metrics. */
final class StageTimes {
    private static final Pattern LINE =
            Pattern.compile("^tryon_frame_stage_seconds\\{([^}]*)\\} (\\S+)$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private StageTimes() {}

    /** Returns a row per stage with the percentiles that the server tells, over everything it served lately. */
    static List<BenchRow> read(HttpClient http, URI server) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.resolve("/observe/metrics")).header("Accept", "text/plain");
        var text =
                http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
        var stages = new TreeMap<String, Map<String, Double>>();
        LINE.matcher(text).results().forEach(line -> {
            var labels = new TreeMap<String, String>();
            LABEL.matcher(line.group(1)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            var stage = labels.get("stage");
            var share = labels.get("quantile");
            if (stage != null && share != null) {
                var name = "p%dMillis".formatted(Math.round(100 * Double.parseDouble(share)));
                stages.computeIfAbsent(stage, _ -> new TreeMap<>()).put(name, 1e3 * Double.parseDouble(line.group(2)));
            }
        });
        return stages.entrySet().stream()
                .map(entry -> new BenchRow("stage " + entry.getKey(), "ours", entry.getValue()))
                .toList();
    }
}
