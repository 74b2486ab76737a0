package dev.tryon.compute;

import java.util.ArrayList;
import java.util.List;

/** What a device's slots are busy with, and what was written off since it hung. Not thread-safe. */
final class Slots {
    /** Services that are written off at most; more hung ones keep their slots, so that threads stay bounded. */
    static final int MOST_WRITTEN_OFF = 8;

    private final int count;
    private final List<Service> running = new ArrayList<>();
    private int writtenOff;

    Slots(int count) {
        this.count = count;
    }

    int count() {
        return count;
    }

    int busy() {
        return running.size() - writtenOff;
    }

    boolean isFree() {
        return busy() < count;
    }

    int writtenOff() {
        return writtenOff;
    }

    /** Returns what runs, services that were written off included, in the order in which it began. */
    List<Service> running() {
        return running;
    }

    void begin(Service service) {
        running.add(service);
        if (service.writtenOff) {
            writtenOff++;
        }
    }

    /** Ends a service. @return what it took, in nanoseconds */
    long end(Service service, long nowNanos) {
        if (service.writtenOff) {
            writtenOff--;
        }
        running.remove(service);
        long took = Math.max(0, nowNanos - service.begunNanos);
        service.line.tally.served(service.workClass, service.size, took);
        return took;
    }

    /** Gives the slots of hung services to others, and lets their engines rest. */
    void writeOff(long nowNanos) {
        for (var service : running) {
            if (!service.writtenOff && nowNanos - service.hungNanos >= 0 && writtenOff < MOST_WRITTEN_OFF) {
                service.writtenOff = true;
                writtenOff++;
                service.line.hung(nowNanos);
            }
        }
    }

    /** Returns whether a group of this engine takes far longer than it should, and may hang. */
    boolean isStuck(EngineLine line, long nowNanos) {
        for (var service : running) {
            if (service.line == line
                    && service.workClass == WorkClass.LIVE
                    && nowNanos - service.stuckNanos >= 0
                    && !service.writtenOff) {
                return true;
            }
        }
        return false;
    }

    /** Returns when the next service is written off, if it does not end before. @param fallback if that is earlier */
    long hungNanos(long fallback) {
        long first = fallback;
        for (var service : running) {
            if (!service.writtenOff && writtenOff < MOST_WRITTEN_OFF) {
                first = Math.min(first, service.hungNanos);
            }
        }
        return first;
    }
}
