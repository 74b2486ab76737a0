package dev.tryon.server;

import dev.tryon.store.Store;
import dev.tryon.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what has expired: every minute, on one of the nodes that share a database, on a thread of its own.
 *
 * <p>A round is bounded; where more is left, the next follows at once. A node that dies in the midst of it leaves nothing
 * half done: what it has not removed is still due. The first run compares files with entries besides.
 */
final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    /** A little less than a minute, so that whoever comes first a minute later has it. */
    private static final Duration LEASE = EVERY.minusSeconds(5);

    private static final String TURN = "retention";

    private final Store store;
    private final String node;
    private final InstantSource clock;
    private final LiveMetrics metrics;
    private final AtomicLong lastRunSeconds = new AtomicLong();
    private final AtomicLong damaged = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean filesChecked = new AtomicBoolean();
    private volatile Optional<Sweeper> thread = Optional.empty();

    Retention(Store store, String node, InstantSource clock, LiveMetrics metrics) {
        this.store = store;
        this.node = node;
        this.clock = clock;
        this.metrics = metrics;
        metrics.gauge(
                "tryon_sweep_last_seconds", "when this node last swept, in seconds since 1970", lastRunSeconds::get);
        metrics.gauge("tryon_holdings_damaged", "holdings that missed a file at the last start", damaged::get);
    }

    /** Runs from now on. */
    void start() {
        thread = Optional.of(new Sweeper(this::run, EVERY));
    }

    /** Clears away what has expired, if no other node does. */
    void run() {
        try {
            if (!filesChecked.get()) {
                checkFiles();
                filesChecked.set(true);
            }
            if (store.marks().setIfAbsent(TURN, "", node, LEASE).equals(node)) {
                sweep();
            }
        } catch (StoreException failure) {
            count(
                    "tryon_sweep_failed",
                    "things that a sweep could not remove, which the next tries again",
                    Map.of(),
                    1);
            LOG.error("a sweep failed", failure);
        }
    }

    private void sweep() {
        boolean complete = false;
        while (!complete && !closed.get()) {
            var swept = store.sweep();
            swept.removed()
                    .forEach((kind, count) -> count(
                            "tryon_sweep_removed",
                            "entries that a sweep removed, by kind",
                            Map.of("kind", kind),
                            count));
            swept.failure().ifPresent(failure -> {
                count(
                        "tryon_sweep_failed",
                        "things that a sweep could not remove, which the next tries again",
                        Map.of(),
                        swept.failed());
                LOG.error("{} things could not be swept, one of them so", swept.failed(), failure);
            });
            if (swept.total() > 0) {
                LOG.info("swept {}", swept.removed());
            }
            complete = swept.complete();
        }
        lastRunSeconds.set(clock.instant().getEpochSecond());
    }

    private void checkFiles() {
        var check = store.checkFiles();
        damaged.set(check.damaged().size());
        count("tryon_files_orphaned", "files that no entry named, deleted at the start", Map.of(), check.orphans());
        if (check.orphans() > 0) {
            LOG.warn("deleted {} files that nothing named", check.orphans());
        }
        if (!check.damaged().isEmpty()) {
            LOG.error("{} uploads or results miss a file: {}", check.damaged().size(), check.damaged());
        }
    }

    private void count(String name, String description, Map<String, String> tags, long amount) {
        metrics.count(name, description, tags, amount);
    }

    @Override
    public void close() {
        closed.set(true);
        thread.ifPresent(Sweeper::close);
    }
}
