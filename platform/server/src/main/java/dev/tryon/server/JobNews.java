package dev.tryon.server;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells those on this node who wait for a job that something happened to it; what happens on other nodes is found by
 * looking again before long. Thread-safe.
 */
final class JobNews {
    /** How long nobody looks for what another node has done. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Map<UUID, Set<Watch>> watches = new ConcurrentHashMap<>();

    /** Begins to watch a job: before looking how it stands, so that nothing is missed. */
    Watch watch(UUID job) {
        var watch = new Watch(job);
        watches.compute(job, (_, others) -> {
            var all = others == null ? ConcurrentHashMap.<Watch>newKeySet() : others;
            all.add(watch);
            return all;
        });
        return watch;
    }

    /** A job changed. */
    void changed(UUID job) {
        watches.getOrDefault(job, Set.of()).forEach(Watch::wake);
    }

    /** Nobody is to wait any longer. */
    void over() {
        watches.values().forEach(all -> all.forEach(Watch::wake));
    }

    /** One who watches a job, until it is closed. For one thread. */
    final class Watch implements AutoCloseable {
        private final UUID job;
        private final Semaphore news = new Semaphore(0);

        private Watch(UUID job) {
            this.job = job;
        }

        private void wake() {
            news.release();
        }

        /** Waits until something has happened since the last call, or it is time to look again. @param patience at most */
        void await(Duration patience) {
            try {
                if (news.tryAcquire(Math.min(patience.toNanos(), LONGEST.toNanos()), TimeUnit.NANOSECONDS)) {
                    news.drainPermits();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            watches.computeIfPresent(job, (_, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }
}
