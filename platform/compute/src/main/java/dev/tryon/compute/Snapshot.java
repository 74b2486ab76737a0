package dev.tryon.compute;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How a device and its sessions stand at one moment.
 *
 * @param engines those that were ever used, in that order
 */
public record Snapshot(Device device, Rates rates, Waiting waiting, List<Engine> engines) {
    /** Copies the list. */
    public Snapshot {
        engines = List.copyOf(engines);
    }

    /**
     * The device itself.
     *
     * @param busy slots that are
     * @param writtenOff services that hang, whose slots were given to others
     */
    public record Device(DeviceShape shape, int busy, int writtenOff) {}

    /**
     * What sessions get.
     *
     * @param stress what all sessions together wish for over what the device can do: over 0.9, they are promised less
     *     than they wish; 0 without sessions
     * @param capacityFramesPerSecond the rate for each session at which the device is just full; infinite without sessions
     * @param promisedFramesPerSecond what each session is promised, but for those of an engine that weighs less
     * @param turnsShare of the device that captures and batch work took from live frames lately, 0..1
     */
    public record Rates(
            double stress, double capacityFramesPerSecond, double promisedFramesPerSecond, double turnsShare) {}

    /** Turns that want a step. */
    public record Waiting(int captures, int batches) {}

    /**
     * One engine.
     *
     * @param seats its sessions, those that send nothing included
     * @param active sessions that sent a frame in the last five seconds
     * @param waiting frames that wait
     * @param oldestNanos age of the oldest of them since it was received; 0 where none waits
     * @param weight of its sessions' rate in the common one, 0..1
     * @param resting whether its frames are refused, since it hung
     * @param frames served so far, skipped or failed ones not counted
     * @param groups how many groups of each size were served so far, by size
     * @param dropped frames that were not served so far, by reason
     * @param deviceNanos time of a slot that it took so far, by class
     * @param services groups and steps so far, by class
     * @param costs what groups cost, of every size from 1
     */
    public record Engine(
            String engine,
            int seats,
            int active,
            int waiting,
            long oldestNanos,
            double weight,
            boolean resting,
            long frames,
            Map<Integer, Long> groups,
            Map<Drop, Long> dropped,
            Map<WorkClass, Long> deviceNanos,
            Map<WorkClass, Long> services,
            List<Cost> costs) {
        /** Copies the maps and the list. */
        public Engine {
            groups = Map.copyOf(groups);
            dropped = Map.copyOf(dropped);
            deviceNanos = Map.copyOf(deviceNanos);
            services = Map.copyOf(services);
            costs = List.copyOf(costs);
        }
    }

    /**
     * What a group costs.
     *
     * @param frames in it
     * @param meanNanos of the last services
     * @param p95Nanos that 19 of 20 do not exceed
     * @param measured services so far; at 0 it is drawn from its neighbours or the engine's own estimate
     */
    public record Cost(int frames, double meanNanos, double p95Nanos, int measured) {}

    static Snapshot of(Collection<EngineLine> lines, Device device, Rates rates, Waiting waiting, long nowNanos) {
        var engines = new ArrayList<Engine>();
        for (var line : lines) {
            var tally = line.tally;
            engines.add(new Engine(
                    line.engine,
                    tally.seats,
                    line.active(),
                    line.waiting.size(),
                    line.waiting.stream()
                            .mapToLong(place -> nowNanos - place.receivedNanos)
                            .max()
                            .orElse(0),
                    line.weight(),
                    line.isResting(nowNanos),
                    tally.frames,
                    groups(tally),
                    tally.dropped,
                    tally.deviceNanos,
                    tally.services,
                    costs(line.costs)));
        }
        return new Snapshot(device, rates, waiting, engines);
    }

    private static Map<Integer, Long> groups(EngineTally tally) {
        var groups = new TreeMap<Integer, Long>();
        for (int size = 1; size < tally.groups.length; size++) {
            if (tally.groups[size] > 0) {
                groups.put(size, tally.groups[size]);
            }
        }
        return groups;
    }

    private static List<Cost> costs(CostCurve curve) {
        return IntStream.rangeClosed(1, curve.maxBatch())
                .mapToObj(size -> new Cost(size, curve.meanNanos(size), curve.highNanos(size), curve.measured(size)))
                .toList();
    }
}
