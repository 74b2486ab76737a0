package dev.tryon.server;

import dev.tryon.compute.Drop;
import dev.tryon.compute.Snapshot;
import dev.tryon.compute.WorkClass;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Shows how the device is shared: for Prometheus, read when asked for. */
final class DeviceFigures {
    private final SharedDevice device;
    private final LiveMetrics metrics;

    private DeviceFigures(SharedDevice device, LiveMetrics metrics) {
        this.device = device;
        this.metrics = metrics;
    }

    /** Shows all of it, of the engines and networks that there are by now. */
    static void show(SharedDevice device, Engines engines, LiveMetrics metrics) {
        var figures = new DeviceFigures(device, metrics);
        figures.showDevice();
        engines.ready().forEach(engine -> figures.showEngine(engine.id()));
        figures.showNetworks();
    }

    private void showDevice() {
        gauge(
                "tryon_device_stress",
                "what sessions wish for over what the device can do",
                Map.of(),
                snapshot -> snapshot.rates().stress());
        gauge(
                "tryon_promised_frames_per_second",
                "frames a second that each session is promised",
                Map.of(),
                snapshot -> snapshot.rates().promisedFramesPerSecond());
        gauge("tryon_device_slots", "things that the device does at a time", Map.of(), snapshot -> snapshot.device()
                .shape()
                .slots());
        gauge("tryon_device_slots_busy", "things that it does now", Map.of(), snapshot -> snapshot.device()
                .busy());
        gauge("tryon_device_hung", "services that hang and were left behind", Map.of(), snapshot -> snapshot.device()
                .writtenOff());
        gauge(
                "tryon_turns_waiting",
                "steps that wait for the device",
                Map.of("class", "capture"),
                snapshot -> snapshot.waiting().captures());
        gauge(
                "tryon_turns_waiting",
                "steps that wait for the device",
                Map.of("class", "batch"),
                snapshot -> snapshot.waiting().batches());
    }

    private void showEngine(String engine) {
        var tags = Map.of("engine", engine);
        gauge(
                "tryon_sessions_waiting",
                "sessions with a frame to be served",
                tags,
                of(engine, Snapshot.Engine::waiting));
        gauge(
                "tryon_queue_age_seconds",
                "age of the oldest frame that waits",
                tags,
                of(engine, line -> line.oldestNanos() / (double) TimeUnit.SECONDS.toNanos(1)));
        gauge(
                "tryon_engine_resting",
                "1 while frames of the engine are refused, since it hung",
                tags,
                of(engine, line -> line.resting() ? 1 : 0));
        gauge("tryon_frame_cost_seconds", "mean time of a frame served alone", tags, of(engine, DeviceFigures::cost));
        counter(
                "tryon_groups",
                "groups of frames served together",
                tags,
                count(engine, line -> line.groups().values().stream()
                        .mapToLong(Long::longValue)
                        .sum()));
        counter(
                "tryon_group_frames",
                "frames served in those groups",
                tags,
                count(engine, line -> line.groups().entrySet().stream()
                        .mapToLong(group -> group.getKey() * group.getValue())
                        .sum()));
        for (var workClass : WorkClass.values()) {
            var byClass = with(tags, "class", Words.of(workClass));
            counter(
                    "tryon_device_micros",
                    "device time, by class and engine",
                    byClass,
                    count(engine, line -> line.deviceNanos().getOrDefault(workClass, 0L) / 1000));
            counter(
                    "tryon_device_services",
                    "groups and steps, by class and engine",
                    byClass,
                    count(engine, line -> line.services().getOrDefault(workClass, 0L)));
        }
        for (var reason : Drop.values()) {
            counter(
                    "tryon_device_skipped",
                    "frames that the device had no time for, by reason and engine",
                    with(tags, "reason", Words.of(reason)),
                    count(engine, line -> line.dropped().getOrDefault(reason, 0L)));
        }
    }

    private static double cost(Snapshot.Engine line) {
        return line.costs().getFirst().meanNanos() / TimeUnit.SECONDS.toNanos(1);
    }

    private void showNetworks() {
        for (var network : device.compute().networks()) {
            metrics.gauge(
                    "tryon_network_bytes",
                    "memory of the device that a network is charged",
                    Map.of("network", network.name(), "device", network.device()),
                    () -> device.compute().networks().stream()
                            .filter(other -> other.sha256().equals(network.sha256()))
                            .mapToLong(other -> other.bytes())
                            .sum());
        }
        for (var info : device.devices()) {
            if (info.memory().isPresent()) {
                metrics.gauge(
                        "tryon_device_memory_free_bytes",
                        "memory of the device that nobody has",
                        Map.of("device", info.id()),
                        () -> device.compute().devices().stream()
                                .filter(other -> other.id().equals(info.id()))
                                .flatMap(other -> other.memory().stream())
                                .mapToLong(memory -> memory.free())
                                .sum());
            }
        }
    }

    private void gauge(String name, String description, Map<String, String> tags, ToDoubleFunction<Snapshot> figure) {
        metrics.gauge(name, description, tags, () -> figure.applyAsDouble(device.snapshot()));
    }

    private void counter(String name, String description, Map<String, String> tags, ToLongFunction<Snapshot> figure) {
        metrics.counter(name, description, tags, () -> figure.applyAsLong(device.snapshot()));
    }

    private static ToDoubleFunction<Snapshot> of(String engine, ToDoubleFunction<Snapshot.Engine> figure) {
        return snapshot -> find(snapshot, engine).map(figure::applyAsDouble).orElse(0.0);
    }

    private static ToLongFunction<Snapshot> count(String engine, ToLongFunction<Snapshot.Engine> figure) {
        return snapshot -> find(snapshot, engine).map(figure::applyAsLong).orElse(0L);
    }

    private static Optional<Snapshot.Engine> find(Snapshot snapshot, String engine) {
        return snapshot.engines().stream()
                .filter(line -> line.engine().equals(engine))
                .findFirst();
    }

    private static Map<String, String> with(Map<String, String> tags, String name, String value) {
        var all = new TreeMap<>(tags);
        all.put(name, value);
        return all;
    }
}
