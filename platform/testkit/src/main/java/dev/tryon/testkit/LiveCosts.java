package dev.tryon.testkit;

import java.util.Map;
import java.util.TreeMap;

/**
 * What frames have cost a server, from its own figures.
 *
 * @param frames served
 * @param stageSeconds time from taken up to encoded, of all of them, as a clock on the wall tells it
 * @param pixelMicros processor time of codec and engine
 * @param processMicros processor time of the whole process
 */
record LiveCosts(double frames, double stageSeconds, double pixelMicros, double processMicros) {
    /** Reads them. @param figures by name and labels */
    static LiveCosts of(Map<String, Double> figures) {
        return new LiveCosts(
                figures.getOrDefault("tryon_frame_stage_seconds_count{scope=\"application\",stage=\"engine\",}", 0.0),
                sum(figures, "tryon_frame_stage_seconds_sum", "stage=\"queue\"", "stage=\"total\""),
                sum(figures, "tryon_frame_cpu_micros_total"),
                sum(figures, "tryon_process_cpu_micros_total"));
    }

    private static double sum(Map<String, Double> figures, String name, String... without) {
        return figures.entrySet().stream()
                .filter(figure -> figure.getKey().startsWith(name))
                .filter(figure -> java.util.Arrays.stream(without).noneMatch(figure.getKey()::contains))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** Returns what has been added. */
    LiveCosts since(LiveCosts before) {
        return new LiveCosts(
                frames - before.frames,
                stageSeconds - before.stageSeconds,
                pixelMicros - before.pixelMicros,
                processMicros - before.processMicros);
    }

    /**
     * Returns it a frame, beside the most that the cores could serve at that cost. The platform's own cost is all processor
     * time of the process that codec and engine did not take: sockets, parsing, decisions, messages, writing, the collector
     * and the compiler.
     *
     * @param seconds that it took
     */
    Map<String, Double> metrics(double seconds) {
        var cores = Runtime.getRuntime().availableProcessors();
        var metrics = new TreeMap<String, Double>();
        var costMillis = 1e3 * stageSeconds / frames;
        var bound = 1e3 * cores / costMillis;
        metrics.put("costMillis", costMillis);
        metrics.put("boundPerSecond", bound);
        metrics.put("shareOfBound", frames / seconds / bound);
        metrics.put("pixelMicros", pixelMicros / frames);
        metrics.put("ownMicros", (processMicros - pixelMicros) / frames);
        metrics.put("serverCores", processMicros / 1e6 / seconds);
        return metrics;
    }
}
