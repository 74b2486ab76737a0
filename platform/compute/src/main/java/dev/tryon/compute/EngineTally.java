package dev.tryon.compute;

import java.util.EnumMap;
import java.util.Map;

/** What an engine did and did not do so far. Not thread-safe. */
final class EngineTally {
    final long[] groups;
    final Map<Drop, Long> dropped = new EnumMap<>(Drop.class);
    final Map<WorkClass, Long> deviceNanos = new EnumMap<>(WorkClass.class);
    final Map<WorkClass, Long> services = new EnumMap<>(WorkClass.class);
    long frames;
    int seats;

    /** Makes one with nothing in it. */
    EngineTally(int maxBatch) {
        groups = new long[maxBatch + 1];
        for (var reason : Drop.values()) {
            dropped.put(reason, 0L);
        }
        for (var workClass : WorkClass.values()) {
            deviceNanos.put(workClass, 0L);
            services.put(workClass, 0L);
        }
    }

    void served(WorkClass workClass, int size, long nanos) {
        deviceNanos.merge(workClass, nanos, Long::sum);
        services.merge(workClass, 1L, Long::sum);
        if (workClass == WorkClass.LIVE) {
            groups[size]++;
            frames += size;
        }
    }

    void dropped(Drop reason) {
        dropped.merge(reason, 1L, Long::sum);
    }
}
