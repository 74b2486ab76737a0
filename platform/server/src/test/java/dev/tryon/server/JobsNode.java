package dev.tryon.server;

import dev.tryon.compute.DeviceScheduler;
import dev.tryon.compute.DeviceShape;
import dev.tryon.compute.SchedulerSettings;
import dev.tryon.spi.EngineInfo;
import dev.tryon.store.Store;
import dev.tryon.vision.FrameCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One node that does jobs, with an engine of its own, over a store that others may share. */
final class JobsNode implements AutoCloseable {
    static final ServerSettings.Jobs SETTINGS = settings(1, 3, Duration.ofMinutes(10));

    final StudioEngine engine = new StudioEngine();
    final FrameCodec codec = new FrameCodec();
    final Jobs jobs;
    private final DeviceScheduler device =
            new DeviceScheduler(new DeviceShape(4, 1), SchedulerSettings.standard(), System::nanoTime);
    private final PixelThreads pixels = new PixelThreads("pixels", 1, Duration.ofSeconds(30), device);
    private final Engines engines;

    JobsNode(Store store, Clocks clocks, ServerSettings.Jobs settings) {
        this.engines = Engines.of(List.of(engine), TestModels.none(), _ -> Map.of(), clocks.wall());
        var keeper = new ResultKeeper(
                new ServerSettings.Results(Duration.ofDays(30), 1 << 30, 92),
                store.results(),
                codec,
                pixels,
                clocks.wall());
        var assignments = new Assignments(
                engines,
                new LookReader(LookReader.References.of(store), EngineInfo::item),
                store,
                Map.of(
                        JobKind.CAPTURE, new CaptureRunner(store, codec, keeper),
                        JobKind.SCAN, new ScanRunner(store, codec, keeper)));
        this.jobs = new Jobs(
                settings, clocks, new Ids(clocks.wall()), store, keeper, assignments, device, new JobMetrics());
    }

    /** Returns settings under which nothing takes long, but for what a test decides. */
    static ServerSettings.Jobs settings(int workers, int attempts, Duration heartbeat) {
        return new ServerSettings.Jobs(
                workers,
                workers,
                100,
                20,
                Duration.ofDays(90),
                attempts,
                Duration.ofSeconds(2),
                heartbeat,
                Duration.ofMillis(20),
                Duration.ofSeconds(20),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofMillis(200),
                8);
    }

    @Override
    public void close() {
        jobs.close();
        pixels.close();
        device.close();
        engines.close();
        codec.close();
    }
}
