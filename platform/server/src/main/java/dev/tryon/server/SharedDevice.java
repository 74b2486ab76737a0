package dev.tryon.server;

import dev.tryon.compute.ComputeSnapshot;
import dev.tryon.compute.CostGuess;
import dev.tryon.compute.DeviceInfo;
import dev.tryon.compute.DeviceScheduler;
import dev.tryon.compute.DeviceShape;
import dev.tryon.compute.SchedulerSettings;
import dev.tryon.compute.Snapshot;
import dev.tryon.models.ModelStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What frames, captures and films are worked on with, shared by one scheduler: the processor, or all GPUs that networks run on
 * taken together.
 *
 * <p>Thread-safe.
 */
final class SharedDevice implements AutoCloseable {
    /** What operators are shown is not older than this, and not made anew for each figure. */
    private static final Duration SHOWN_FOR = Duration.ofMillis(500);

    private final Engines engines;
    private final DeviceScheduler scheduler;
    private final Supplier<Snapshot> snapshot;
    private final Supplier<ComputeSnapshot> compute;

    /** Starts its scheduler, which learns what engines cost; they say what they think for a beginning. */
    SharedDevice(ServerSettings.Live settings, Engines engines, Clocks clocks) {
        this.engines = engines;
        this.scheduler = new DeviceScheduler(shape(settings), standard(settings), clocks.monotonic());
        this.snapshot = new Recent<>(scheduler::snapshot, SHOWN_FOR, clocks.monotonic());
        this.compute = new Recent<>(
                () -> engines.compute().orElse(new ComputeSnapshot(List.of(), List.of())),
                SHOWN_FOR,
                clocks.monotonic());
        engines.ready().forEach(this::expect);
    }

    /** As the device does things, so the scheduler deals them out: a GPU takes groups, a processor one frame a core. */
    private DeviceShape shape(ServerSettings.Live settings) {
        var gpus = devices().stream()
                .filter(device -> device.kind() == DeviceInfo.Kind.CUDA)
                .toList();
        return gpus.isEmpty()
                ? new DeviceShape(settings.workers(), 1)
                : new DeviceShape(
                        gpus.stream().mapToInt(DeviceInfo::slots).sum(),
                        gpus.stream().mapToInt(DeviceInfo::maxBatch).min().orElse(1));
    }

    private static SchedulerSettings standard(ServerSettings.Live settings) {
        var standard = SchedulerSettings.standard();
        return new SchedulerSettings(
                settings.frameExpiry(),
                Arrays.stream(Quality.values())
                        .mapToInt(Quality::framesPerSecond)
                        .max()
                        .orElseThrow(),
                settings.leastFramesPerSecond(),
                standard.captureShare(),
                standard.urgentCaptureShare(),
                standard.batchShare(),
                standard.impactTime(),
                standard.hungAfter(),
                standard.traceLength());
    }

    private void expect(LoadedEngine.Ready engine) {
        var frame = Duration.ofNanos((long) (1e6 * engine.info().estimate().frameMillis()));
        scheduler.expect(engine.id(), new CostGuess(0, Math.max(1, frame.toNanos())));
    }

    DeviceScheduler scheduler() {
        return scheduler;
    }

    /** Returns how the scheduler stands, or stood a moment ago. */
    Snapshot snapshot() {
        return snapshot.get();
    }

    /** Returns devices and networks as they stand, or stood a moment ago; none while no engine has asked for a network. */
    ComputeSnapshot compute() {
        return compute.get();
    }

    /** Returns how the networks stand that others have published. */
    List<ModelStatus> published() {
        return engines.published();
    }

    /** Returns what networks run on. */
    List<DeviceInfo> devices() {
        return engines.compute().map(ComputeSnapshot::devices).orElse(List.of());
    }

    /** Returns why no GPU is used though one would have been taken. */
    Optional<String> fallback() {
        return devices().stream().flatMap(device -> device.fallback().stream()).findFirst();
    }

    @Override
    public void close() {
        scheduler.close();
    }
}
