package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveMetricsTest {
    private final LiveMetrics metrics = new LiveMetrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void readsItsFiguresAfterTheCollectorHasLooked() {
        metrics.gauge("test_level", "a level", new AtomicLong(7)::doubleValue);
        metrics.counter("test_growing", "a count", Map.of(), new AtomicLong(8)::get);

        collect();

        assertThat(((Gauge<?>) meter("test_level")).value().doubleValue()).isEqualTo(7);
        assertThat(((FunctionalCounter) meter("test_growing")).count()).isEqualTo(8);
    }

    private static void collect() {
        var witness = new WeakReference<>(new Object());
        while (witness.get() != null) {
            System.gc();
        }
    }

    private Meter meter(String name) {
        return metrics.registry().meters().stream()
                .filter(meter -> meter.id().name().equals(name))
                .findAny()
                .orElseThrow();
    }
}
