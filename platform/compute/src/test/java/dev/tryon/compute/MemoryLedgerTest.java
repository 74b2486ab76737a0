package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.compute.MemoryLedger.Claim;
import dev.tryon.compute.MemoryLedger.Footprint;
import dev.tryon.compute.NetworkSnapshot.Keep;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryLedgerTest {
    private static final Duration RESIDENCE = Duration.ofSeconds(10);

    private final AtomicLong now = new AtomicLong(1_000);
    private final MemoryLedger ledger = new MemoryLedger(1_000, RESIDENCE, now::get);

    @Test
    void chargesWeightsAndTheLargestWorkspaceAndATenth() {
        claim("finder", 100, 10, 5);
        claim("finder", 100, 10, 2);

        assertThat(ledger.charge("finder")).isEqualTo(165);
        assertThat(ledger.holds("finder", 5)).isTrue();
        assertThat(ledger.holds("finder", 6)).isFalse();
    }

    @Test
    void letsTheOneGoThatHasWaitedLongestForWhatItCostsToBringBack() {
        arrive("dear", 350, Duration.ofMillis(900));
        arrive("cheap", 350, Duration.ofMillis(100));
        pass(Duration.ofSeconds(20));
        use("cheap");
        pass(Duration.ofSeconds(4));

        // 24 s idle over 0.9 s is less than 4 s over 0.1 s: the cheap one goes, though it was used last.
        assertThat(claim("new", 350, 0, 1)).isEqualTo(new Claim.Granted(List.of("cheap")));
    }

    @Test
    void keepsWhatIsPinnedOrInUseOrNew() {
        ledger.claim("pinned", new Footprint(300, 0), Keep.PINNED, 1);
        arrive("used", 300, Duration.ofMillis(1));
        pass(RESIDENCE);
        ledger.begin("used");
        arrive("new", 150, Duration.ofMillis(1));

        assertThat(claim("late", 300, 0, 1)).isInstanceOf(Claim.Refused.class);
        assertThat(ledger.evictOne("late")).isEmpty();
        assertThat(ledger.charged()).isEqualTo(330 + 330 + 165);

        ledger.end("used");
        assertThat(claim("late", 300, 0, 1)).isEqualTo(new Claim.Granted(List.of("used")));
    }

    @Test
    void sendsNobodyAwayWhoseStayWouldDoNoHarm() {
        arrive("small", 80, Duration.ofMillis(1));
        pass(Duration.ofSeconds(5));
        arrive("large", 700, Duration.ofMillis(1));
        pass(RESIDENCE);

        assertThat(claim("new", 400, 0, 1)).isEqualTo(new Claim.Granted(List.of("large")));
        assertThat(ledger.charge("small")).isPositive();
    }

    @Test
    void growsWithTheBatchAndSendsOthersAwayForIt() {
        arrive("idle", 400, Duration.ofMillis(1));
        pass(RESIDENCE);
        claim("busy", 100, 10, 1);

        assertThat(claim("busy", 100, 10, 50)).isEqualTo(new Claim.Granted(List.of("idle")));
        assertThat(claim("busy", 100, 10, 400)).isInstanceOf(Claim.Refused.class);
        assertThat(ledger.holds("busy", 50)).isTrue();
    }

    @Test
    void noticesBookkeepingThatCannotBe() {
        assertThatThrownBy(() -> ledger.begin("nobody")).isInstanceOf(IllegalStateException.class);
        claim("one", 1, 0, 1);
        assertThatThrownBy(() -> ledger.end("one")).isInstanceOf(IllegalStateException.class);
        ledger.begin("one");
        assertThatThrownBy(() -> ledger.remove("one")).isInstanceOf(IllegalStateException.class);
    }

    /** Any order of claims, loads, uses and waits keeps the promises; a second account, kept by the test, says so. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void keepsItsPromisesWhateverHappens(long seed) {
        var random = new Random(seed);
        var uses = new HashMap<String, Integer>();
        var since = new HashMap<String, Long>();
        var pinned = new HashMap<String, Boolean>();
        int evicted = 0;
        int refused = 0;
        for (int step = 0; step < 5_000; step++) {
            now.addAndGet(random.nextLong(1_500_000_000L));
            var id = "network " + random.nextInt(12);
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    boolean known = since.containsKey(id);
                    pinned.putIfAbsent(id, random.nextInt(12) == 0);
                    var keep = pinned.get(id) ? Keep.PINNED : Keep.EVICTABLE;
                    long before = ledger.charged();
                    var footprint = new Footprint(random.nextInt(250), random.nextInt(12));
                    switch (ledger.claim(id, footprint, keep, 1 + random.nextInt(16))) {
                        case Claim.Granted granted -> {
                            for (var gone : granted.evicted()) {
                                mayHaveGone(gone, uses, since, pinned);
                                assertThat(gone).isNotEqualTo(id);
                                forget(gone, uses, since, pinned);
                                evicted++;
                            }
                            if (!known) {
                                ledger.loaded(id, 1 + random.nextLong(1_000_000_000L));
                                since.put(id, now.get());
                            }
                        }
                        case Claim.Refused _ -> {
                            assertThat(ledger.charged()).isEqualTo(before);
                            refused++;
                        }
                    }
                }
                case 2 -> {
                    if (since.containsKey(id)) {
                        ledger.begin(id);
                        uses.merge(id, 1, Integer::sum);
                    }
                }
                case 3 -> {
                    if (uses.getOrDefault(id, 0) > 0) {
                        ledger.end(id);
                        uses.merge(id, -1, Integer::sum);
                    }
                }
                default -> {
                    var gone = ledger.evictOne(id);
                    gone.ifPresent(other -> {
                        mayHaveGone(other, uses, since, pinned);
                        forget(other, uses, since, pinned);
                    });
                }
            }
            assertThat(ledger.charged()).isLessThanOrEqualTo(ledger.limit());
            since.keySet().forEach(each -> assertThat(ledger.holds(each, 1)).isTrue());
        }
        assertThat(evicted).isPositive();
        assertThat(refused).isPositive();
    }

    private void mayHaveGone(
            String id, Map<String, Integer> uses, Map<String, Long> since, Map<String, Boolean> pinned) {
        assertThat(uses.getOrDefault(id, 0)).isZero();
        assertThat(pinned.get(id)).isFalse();
        assertThat(now.get() - since.getOrDefault(id, now.get())).isGreaterThanOrEqualTo(RESIDENCE.toNanos());
    }

    private static void forget(
            String id, Map<String, Integer> uses, Map<String, Long> since, Map<String, Boolean> pinned) {
        uses.remove(id);
        since.remove(id);
        pinned.remove(id);
    }

    private Claim claim(String id, long weights, long workspace, int batch) {
        return ledger.claim(id, new Footprint(weights, workspace), Keep.EVICTABLE, batch);
    }

    private void arrive(String id, long weights, Duration load) {
        assertThat(claim(id, weights, 0, 1)).isInstanceOf(Claim.Granted.class);
        ledger.loaded(id, load.toNanos());
    }

    private void use(String id) {
        ledger.begin(id);
        ledger.end(id);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
