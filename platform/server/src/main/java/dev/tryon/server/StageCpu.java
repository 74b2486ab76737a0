package dev.tryon.server;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * How much processor time codec and engines have taken for live frames; what the process took besides is the platform's own:
 * sockets, messages, decisions, the collector and the compiler included.
 *
 * <p>Measured by the threads' own clocks, so waiting and being pushed aside by other programs do not count. Thread-safe.
 */
final class StageCpu {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<Stage, LongAdder> nanos = new ConcurrentHashMap<>();

    /** What is done with the pixels of a frame. */
    enum Stage {
        DECODE,
        ENGINE,
        /** Drawing of patches included. */
        ENCODE
    }

    /** Does some work of one stage on the caller's thread, a platform thread. */
    <R> R in(Stage stage, Supplier<R> work) {
        var before = threads.getCurrentThreadCpuTime();
        try {
            return work.get();
        } finally {
            spent(stage).add(threads.getCurrentThreadCpuTime() - before);
        }
    }

    /** Shows it beside what the whole process has taken. */
    void show(LiveMetrics metrics) {
        for (var stage : Stage.values()) {
            metrics.counter(
                    "tryon_frame_cpu_micros",
                    "processor time of codec and engines for live frames, by stage",
                    Map.of("stage", Words.of(stage)),
                    () -> spent(stage).sum() / 1000);
        }
        metrics.counter(
                "tryon_process_cpu_micros",
                "processor time of the whole process, to within a hundredth of a second",
                Map.of(),
                StageCpu::processMicros);
    }

    private LongAdder spent(Stage stage) {
        return nanos.computeIfAbsent(stage, _ -> new LongAdder());
    }

    private static long processMicros() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / 1000)
                .orElse(0L);
    }
}
