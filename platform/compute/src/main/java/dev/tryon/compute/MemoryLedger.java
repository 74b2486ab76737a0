package dev.tryon.compute;

import dev.tryon.compute.NetworkSnapshot.Keep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may be in a device's memory: an account, not an allocator.
 *
 * <p>Model. A network is charged its weights, and the workspace of the largest batch it has run since it came, and a
 * tenth of both, since allocators round up and split. When a claim does not fit, networks go until it does: those that
 * have waited longest in proportion to what bringing them back costs, which is least recently used weighted by reload
 * cost (after GreedyDual-Size, Cao and Irani 1997). Their own minimum residence keeps two networks that do not fit
 * together from chasing each other out at every call.
 *
 * <p>Invariants. The charges never exceed the limit. No network goes that is pinned, in use, or has been there for
 * less than the minimum residence. A claim that is refused changes nothing. None goes whose stay would do no harm: each
 * that goes is needed for the claim to fit.
 *
 * <p>Pure: time comes from the clock it is given. Threads: one at a time.
 */
final class MemoryLedger {
    private static final int MARGIN = 10;

    private final long limitBytes;
    private final long residenceNanos;
    private final LongSupplier nanoClock;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * Opens an empty ledger.
     *
     * @param limitBytes what all networks may be charged together
     * @param residence how long a network stays at least
     * @param nanoClock monotonic
     */
    MemoryLedger(long limitBytes, Duration residence, LongSupplier nanoClock) {
        if (limitBytes < 0 || residence.isNegative()) {
            throw new IllegalArgumentException("neither memory nor time is less than nothing");
        }
        this.limitBytes = limitBytes;
        this.residenceNanos = residence.toNanos();
        this.nanoClock = nanoClock;
    }

    /**
     * What a network takes, in bytes.
     *
     * @param weights whatever the batch
     * @param workspace for each sample of a batch
     */
    record Footprint(long weights, long workspace) {
        /** Checks the numbers. */
        Footprint {
            if (weights < 0 || workspace < 0 || weights > 1L << 44 || workspace > 1L << 34) {
                throw new IllegalArgumentException("no network takes " + weights + " and " + workspace + " bytes");
            }
        }

        /** Returns what is charged for batches up to this many samples, which are at most {@code 1 << 16}. */
        long charge(int batch) {
            long bytes = weights + workspace * batch;
            return bytes + bytes / MARGIN;
        }
    }

    /** The answer to a claim. */
    sealed interface Claim {
        /** It fits once these are gone, which have left the ledger already. */
        record Granted(List<String> evicted) implements Claim {}

        /** It does not fit: so many bytes are missing even with everybody gone who may go. */
        record Refused(long missingBytes) implements Claim {}
    }

    /**
     * Makes room for a network and a batch. A network that is there already keeps the larger of its batches.
     *
     * @param batch samples, at least 1
     */
    Claim claim(String id, Footprint footprint, Keep keep, int batch) {
        var present = entries.get(id);
        int largest = present == null ? batch : Math.max(batch, present.batch);
        long needed = footprint.charge(largest) + chargedBut(id) - limitBytes;
        var chosen = new ArrayList<String>();
        long freed = 0;
        for (var candidate : candidates(id)) {
            if (freed >= needed) {
                break;
            }
            chosen.add(candidate);
            freed += charge(candidate);
        }
        if (freed < needed) {
            return new Claim.Refused(needed - freed);
        }
        for (var candidate : List.copyOf(chosen).reversed()) {
            if (freed - charge(candidate) >= needed) {
                freed -= charge(candidate);
                chosen.remove(candidate);
            }
        }
        chosen.forEach(entries::remove);
        if (present == null) {
            entries.put(id, new Entry(keep, footprint, largest, nanoClock.getAsLong()));
        } else {
            present.footprint = footprint;
            present.batch = largest;
        }
        return new Claim.Granted(List.copyOf(chosen));
    }

    /** Says whether a network is there with room for a batch. */
    boolean holds(String id, int batch) {
        var entry = entries.get(id);
        return entry != null && entry.batch >= batch;
    }

    /** Notes that a network has come, after so long a load; its minimum residence begins. */
    void loaded(String id, long reloadNanos) {
        var entry = entry(id);
        entry.reloadNanos = Math.max(1, reloadNanos);
        entry.since = nanoClock.getAsLong();
        entry.lastUsed = entry.since;
    }

    /** Notes that a network runs; it stays until as many ends as begins are noted. */
    void begin(String id) {
        entry(id).uses++;
    }

    /** Notes that a run has ended. */
    void end(String id) {
        var entry = entry(id);
        if (entry.uses == 0) {
            throw new IllegalStateException(id + " was not in use");
        }
        entry.uses--;
        entry.lastUsed = nanoClock.getAsLong();
    }

    /** Lets the one go that may go first, though the ledger knows no need: the device has run out. */
    Optional<String> evictOne(String but) {
        var first = candidates(but).stream().findFirst();
        first.ifPresent(entries::remove);
        return first;
    }

    /** Strikes a network off that is gone; none that is in use. */
    void remove(String id) {
        var entry = entries.get(id);
        if (entry != null && entry.uses > 0) {
            throw new IllegalStateException(id + " is in use");
        }
        entries.remove(id);
    }

    /** Returns what a network is charged; 0 if it is not there. */
    long charge(String id) {
        var entry = entries.get(id);
        return entry == null ? 0 : entry.charge();
    }

    /** Returns what all are charged together. */
    long charged() {
        return entries.values().stream().mapToLong(Entry::charge).sum();
    }

    /** Returns what they may be charged together. */
    long limit() {
        return limitBytes;
    }

    private long chargedBut(String id) {
        return charged() - charge(id);
    }

    /** Who may go now, the first to go first. */
    private List<String> candidates(@Nullable String but) {
        long now = nanoClock.getAsLong();
        return entries.entrySet().stream()
                .filter(each -> !each.getKey().equals(but) && each.getValue().mayGo(now))
                .sorted(Comparator.comparingDouble((Map.Entry<String, Entry> each) ->
                                each.getValue().idleness(now))
                        .reversed())
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
    }

    private Entry entry(String id) {
        var entry = entries.get(id);
        if (entry == null) {
            throw new IllegalStateException(id + " is not in the ledger");
        }
        return entry;
    }

    /** One network's line. */
    private final class Entry {
        private final Keep keep;
        private Footprint footprint;
        private int batch;
        private int uses;
        private long since;
        private long lastUsed;
        private long reloadNanos = 1;

        Entry(Keep keep, Footprint footprint, int batch, long now) {
            this.keep = keep;
            this.footprint = footprint;
            this.batch = batch;
            this.since = now;
            this.lastUsed = now;
        }

        long charge() {
            return footprint.charge(batch);
        }

        boolean mayGo(long now) {
            return keep == Keep.EVICTABLE && uses == 0 && now - since >= residenceNanos;
        }

        /** How many times over it could have been brought back while it waited. */
        double idleness(long now) {
            return (double) (now - lastUsed) / reloadNanos;
        }
    }
}
