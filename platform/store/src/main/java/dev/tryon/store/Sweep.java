package dev.tryon.store;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * One round of clearing away: of bounded length, and not stopped by single things that cannot be removed.
 *
 * <p>It keeps no place to go on from: what is removed is due no longer, so the next round goes on by itself. For one
 * thread.
 */
final class Sweep {
    private static final int AT_A_TIME = 200;
    private static final int MOST_OF_A_KIND = 10_000;
    /** What could not be removed stands at the head of what is due, and is read again with every batch. */
    private static final int MOST_PASSED_OVER = 2_000;

    private final Map<String, Long> removed = new TreeMap<>();
    private long failed;
    private Optional<StoreException> failure = Optional.empty();
    private boolean complete = true;

    /**
     * Removes what is due of one kind.
     *
     * @param due returns at most so many that are due, the most overdue first
     * @param remove returns whether it removed the entry; if not, it is not as it was any more
     */
    <T extends Entry<T>> void clear(String kind, IntFunction<List<T>> due, Predicate<T> remove) {
        var passedOver = new HashSet<String>();
        for (int budget = MOST_OF_A_KIND; budget > 0; budget -= AT_A_TIME) {
            List<T> some;
            try {
                some = due.apply(AT_A_TIME + passedOver.size());
            } catch (StoreException unreachable) {
                fail(unreachable);
                return;
            }
            var fresh = some.stream()
                    .filter(entry -> !passedOver.contains(entry.key()))
                    .toList();
            for (var entry : fresh) {
                if (!tryToRemove(kind, entry, remove)) {
                    passedOver.add(entry.key());
                }
            }
            if (fresh.size() < AT_A_TIME) {
                return;
            }
            if (passedOver.size() > MOST_PASSED_OVER) {
                break;
            }
        }
        complete = false;
    }

    private <T extends Entry<T>> boolean tryToRemove(String kind, T entry, Predicate<T> remove) {
        try {
            if (remove.test(entry)) {
                removed.merge(kind, 1L, Long::sum);
                return true;
            }
        } catch (StoreException unremovable) {
            fail(unremovable);
        }
        return false;
    }

    private void fail(StoreException why) {
        failed++;
        failure = Optional.of(why);
    }

    Swept swept() {
        return new Swept(removed, failed, failure, complete);
    }
}
