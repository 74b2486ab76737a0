package dev.tryon.compute;

import dev.tryon.compute.MemoryLedger.Footprint;
import dev.tryon.compute.NetworkSnapshot.State;
import org.jspecify.annotations.Nullable;

/** What one network has on one device: its place in memory, or none, and how it fared. Guarded by the lock of {@link Residents}. */
final class Residence {
    /** Workspace of a sample before it is measured, in sizes of the sample: a network's widest layers, generously. */
    private static final int ASSUMED_WORKSPACE = 32;

    final HeldNetwork network;
    /** Its line in the ledger. */
    final String entry;

    final long inputBytes;
    Footprint footprint;
    Device.@Nullable Resident resident;
    int uses;
    boolean leaving;
    long loads;
    long evictions;
    long outOfMemory;
    private Restraint restraint = Restraint.NONE;
    private long restrainedUntil;
    private int largestBatch = Integer.MAX_VALUE;

    /** What running out of memory has led to, for a while. */
    enum Restraint {
        NONE,
        HALVED,
        QUARANTINED
    }

    /**
     * Begins without a place in memory.
     *
     * @param entry of the ledger, its own
     * @param archiveBytes of its file
     * @param inputBytes of one sample
     */
    Residence(HeldNetwork network, String entry, long archiveBytes, long inputBytes) {
        this.network = network;
        this.entry = entry;
        this.inputBytes = inputBytes;
        this.footprint = new Footprint(archiveBytes, ASSUMED_WORKSPACE * inputBytes);
    }

    /** Takes in what it was seen to take; never less than its file and its inputs. */
    void measured(long archiveBytes, long weights, long workspace) {
        footprint = new Footprint(Math.max(archiveBytes, weights), Math.max(inputBytes, workspace));
    }

    /** Keeps it to smaller batches until then. */
    void halve(int largest, long untilNanos) {
        largestBatch = Math.max(1, largest);
        restraint = Restraint.HALVED;
        restrainedUntil = untilNanos;
    }

    /** Keeps it away until then. */
    void quarantine(long untilNanos) {
        restraint = Restraint.QUARANTINED;
        restrainedUntil = untilNanos;
    }

    /** Returns how it is restrained now. */
    Restraint restraint(long nowNanos) {
        if (restraint != Restraint.NONE && nowNanos - restrainedUntil >= 0) {
            restraint = Restraint.NONE;
        }
        return restraint;
    }

    /** Returns the samples that it may run at a time now, at most so many. */
    int largestBatch(int most, long nowNanos) {
        return restraint(nowNanos) == Restraint.NONE ? most : Math.min(most, largestBatch);
    }

    /** Describes it. @param bytes that it is charged */
    NetworkSnapshot snapshot(DeviceInfo device, long bytes, long nowNanos) {
        return new NetworkSnapshot(
                network.name(),
                network.sha256(),
                device.id(),
                restraint(nowNanos) == Restraint.QUARANTINED
                        ? State.QUARANTINED
                        : resident == null ? State.EVICTED : State.LOADED,
                network.keep(),
                network.joining().told(),
                bytes,
                largestBatch(device.maxBatch(), nowNanos),
                loads,
                evictions,
                outOfMemory,
                network.failures(),
                network.costs().joined(),
                network.costs().curve());
    }
}
