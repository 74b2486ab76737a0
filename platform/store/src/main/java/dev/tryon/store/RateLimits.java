package dev.tryon.store;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts how often callers do things, together with every node that shares the database.
 *
 * <p>Token buckets (Bucket4j), each an entry that is put in place of the one that was read. When the database does not
 * answer, each node counts by itself from full and for as long as that lasts; one caller every few
 * seconds tries the database again. The gates neither open nor shut.
 *
 * <p>Thread-safe; calls wait for the database.
 */
public final class RateLimits {
    private static final Logger LOG = LoggerFactory.getLogger(RateLimits.class);
    private static final Duration ALONE = Duration.ofSeconds(5);
    private static final int AT_A_TIME = 10_000;
    private static final Duration KEPT_LONGER = Duration.ofMinutes(1);

    private final Records<Bucket> shared;
    private final InstantSource clock;
    private volatile Records<Bucket> own = new MemoryDatabase().records(Kind.BUCKETS);
    private final AtomicReference<Instant> aloneUntil = new AtomicReference<>(Instant.MIN);

    RateLimits(Records<Bucket> shared, InstantSource clock) {
        this.shared = shared;
        this.clock = clock;
    }

    /**
     * Takes one from a caller's bucket if there is one.
     *
     * @param caller never a name or an address: hash it
     */
    public Taking take(Limit limit, String caller) {
        var now = clock.instant();
        var until = aloneUntil.get();
        if (now.isBefore(until) || (isAlone(until) && !aloneUntil.compareAndSet(until, now.plus(ALONE)))) {
            return take(own, limit, caller);
        }
        try {
            var taking = take(shared, limit, caller);
            if (isAlone(until)) {
                aloneUntil.set(Instant.MIN);
                own = new MemoryDatabase().records(Kind.BUCKETS);
            }
            return taking;
        } catch (StoreException failure) {
            LOG.warn("limits are counted here alone for {}: {}", ALONE, failure.getMessage());
            own.due(Bucket.COUNTING, now, AT_A_TIME).forEach(full -> own.remove(full.key()));
            aloneUntil.set(now.plus(ALONE));
            return take(own, limit, caller);
        }
    }

    private static boolean isAlone(Instant until) {
        return until.isAfter(Instant.MIN);
    }

    private Taking take(Records<Bucket> records, Limit limit, String caller) {
        var probe = bucket(records, limit, caller);
        return probe.isConsumed()
                ? new Taking.Allowed(probe.getRemainingTokens())
                : new Taking.Refused(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private ConsumptionProbe bucket(Records<Bucket> records, Limit limit, String caller) {
        return new Buckets(records, clock)
                .builder()
                .build(limit.bucket(caller), () -> configuration(limit))
                .tryConsumeAndReturnRemaining(1);
    }

    private static BucketConfiguration configuration(Limit limit) {
        return BucketConfiguration.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(limit.most())
                        .refillGreedy(limit.most(), limit.per())
                        .build())
                .build();
    }

    /** Returns how often more a caller may do something at once. */
    public long remaining(Limit limit, String caller) {
        var key = limit.bucket(caller);
        return shared.find(key).isEmpty()
                ? limit.most()
                : new Buckets(shared, clock)
                        .builder()
                        .build(key, () -> configuration(limit))
                        .getAvailableTokens();
    }

    /** Fills a caller's bucket again. @return whether anything had been taken from it */
    public boolean reset(Limit limit, String caller) {
        return shared.remove(limit.bucket(caller));
    }

    /** Lets the library keep its buckets as entries. */
    private static final class Buckets extends AbstractCompareAndSwapBasedProxyManager<String> {
        private static final ExpirationAfterWriteStrategy UNTIL_FULL =
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_LONGER);

        private final Records<Bucket> records;
        private final InstantSource clock;

        Buckets(Records<Bucket> records, InstantSource clock) {
            super(ClientSideConfig.getDefault().withClientClock(new Meter(clock)));
            this.records = records;
            this.clock = clock;
        }

        @Override
        protected CompareAndSwapOperation beginCompareAndSwapOperation(String key) {
            return new Swap(records, clock, key);
        }

        @Override
        protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String key) {
            throw new UnsupportedOperationException("callers wait, on virtual threads");
        }

        @Override
        public void removeProxy(String key) {
            records.remove(key);
        }

        @Override
        public boolean isAsyncModeSupported() {
            return false;
        }

        @Override
        protected CompletableFuture<Void> removeAsync(String key) {
            throw new UnsupportedOperationException("callers wait, on virtual threads");
        }
    }

    /** One try to put a bucket in the place of the one that was read. */
    private static final class Swap implements CompareAndSwapOperation {
        private final Records<Bucket> records;
        private final InstantSource clock;
        private final String key;
        private Optional<Bucket> read = Optional.empty();

        Swap(Records<Bucket> records, InstantSource clock, String key) {
            this.records = records;
            this.clock = clock;
            this.key = key;
        }

        @Override
        public Optional<byte[]> getStateData(Optional<Long> timeoutNanos) {
            read = records.find(key);
            return read.map(bucket -> Base64.getDecoder().decode(bucket.state()));
        }

        @Override
        public boolean compareAndSwap(
                byte[] before, byte[] after, RemoteBucketState state, Optional<Long> timeoutNanos) {
            var now = clock.instant();
            var expiresAt = now.plusMillis(Buckets.UNTIL_FULL.calculateTimeToLiveMillis(state, nanos(now)));
            var text = Base64.getEncoder().encodeToString(after);
            return read.map(bucket ->
                            records.replace(new Bucket(key, text, bucket.createdAt(), expiresAt, bucket.version() + 1)))
                    .orElseGet(() -> records.insert(new Bucket(key, text, now, expiresAt, 0)));
        }
    }

    /** The library reads our clock. */
    private record Meter(InstantSource clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanos(clock.instant());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }
}
