package dev.tryon.compute;

import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import dev.tryon.compute.NetworkSnapshot.Keep;
import dev.tryon.cuda.CudaDriver;
import dev.tryon.spi.Blender;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Networks on devices: on each GPU behind a {@link Lane} that joins calls, or on the CPU, where the caller's own thread
 * runs them.
 *
 * <p>Model. A network is known by the SHA-256 of its archive: who loads the same archive shares it. It goes to the device
 * with the most memory to spare, and stays with it. An engine's networks are loaded when the engine starts and unloaded when
 * their last {@link NetworkLease} is closed; in between they may leave the device's memory and come back ({@link MemoryLedger},
 * {@link NetworkHost}).
 *
 * <p>Thread-safe.
 */
public final class Compute implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Compute.class);

    private final List<Station> stations;
    private final ComputeSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Shared> networks = new HashMap<>();

    /** A network that somebody holds. */
    private static final class Shared {
        private final HeldNetwork network;
        private final Station station;
        private int holders;

        Shared(HeldNetwork network, Station station) {
            this.network = network;
            this.station = station;
        }
    }

    /** A device, and the way to it. */
    private record Station(NetworkHost host, Optional<Lane> lane) {
        List<Tensor> run(HeldNetwork network, Inputs inputs) {
            return lane.isPresent() ? lane.get().run(network, inputs) : host.run(network, inputs);
        }

        void admit(HeldNetwork network, long archiveBytes, Inputs.Numbers examples) {
            if (lane.isPresent()) {
                lane.get().perform(() -> {
                    host.admit(network, archiveBytes, examples);
                    return network;
                });
            } else {
                host.admit(network, archiveBytes, examples);
            }
        }

        void close() {
            lane.ifPresent(Lane::close);
            host.close();
        }
    }

    /**
     * Puts networks on devices; what takes batches gets a lane.
     *
     * @param devices at least one, closed with this
     */
    Compute(List<Device> devices, ComputeSettings settings, LongSupplier nanoClock) {
        this.settings = settings;
        var opened = new ArrayList<Station>();
        for (var device : devices) {
            var info = device.info();
            long limit = info.memory()
                    .map(memory -> Math.max(0, memory.free() - settings.reserveBytes()))
                    .orElse(Long.MAX_VALUE >> 8);
            var host = new NetworkHost(
                    device, new MemoryLedger(limit, settings.residence(), nanoClock), settings.quarantine(), nanoClock);
            var lane = info.maxBatch() == 1
                    ? Optional.<Lane>empty()
                    : Optional.of(new Lane(
                            info.id(),
                            LaneShape.upTo(info.maxBatch(), settings.joinWithin()),
                            host,
                            new StagedBatch(device::stage),
                            nanoClock));
            opened.add(new Station(host, lane));
        }
        this.stations = List.copyOf(opened);
    }

    /**
     * Opens what there is, as the settings allow.
     *
     * @param nanoClock monotonic
     * @throws DeviceAbsentException if a GPU was asked for by its number and cannot be used
     * @throws TryOnException with {@link ErrorCode#MODEL_ERROR} if the natives cannot be loaded
     */
    public static Compute open(ComputeSettings settings, LongSupplier nanoClock) {
        var engine = TorchDevice.start();
        var gpus = new CudaGpus(CudaDriver.open());
        var natives =
                engine.hasCapability(StandardCapabilities.CUDA) ? DevicePlan.Natives.CUDA : DevicePlan.Natives.CPU;
        var plan = DevicePlan.of(settings.device(), gpus, natives);
        var devices = plan.gpus().isEmpty()
                ? List.<Device>of(cpu(engine, 1, plan.fallback()))
                : plan.gpus().stream()
                        .map(index -> gpu(engine, index, gpus.open(index), settings))
                        .toList();
        for (var device : devices) {
            var info = device.info();
            LOG.info(
                    "networks run on {}, {}{}",
                    info.id(),
                    info.name(),
                    info.fallback().map(why -> ", since " + why).orElse(""));
        }
        return new Compute(devices, settings, nanoClock);
    }

    /** Opens what there is, with the settings that the server comes with. */
    public static Compute open() {
        return open(ComputeSettings.DEFAULT, System::nanoTime);
    }

    /** Returns what lays one picture over another where that is fastest: on the first device. */
    public Blender blender() {
        return stations.getFirst().host().device().blender();
    }

    /**
     * Opens the CPU with a lane before it, as a GPU has one: what joining does can be measured and tested where there is no
     * GPU. It serves nobody well, since a lane runs on one core.
     *
     * @param settings whose device does not matter
     * @param nanoClock monotonic
     */
    public static Compute openLaneOnCpu(ComputeSettings settings, LongSupplier nanoClock) {
        var device = cpu(TorchDevice.start(), settings.maxBatch(), Optional.empty());
        return new Compute(List.of(device), settings, nanoClock);
    }

    private static Device cpu(Engine engine, int maxBatch, Optional<String> fallback) {
        return TorchDevice.cpu(
                engine,
                new DeviceInfo(
                        "cpu",
                        DeviceInfo.Kind.CPU,
                        "PyTorch " + engine.getVersion() + ", one thread a frame",
                        Runtime.getRuntime().availableProcessors(),
                        maxBatch,
                        Optional.empty(),
                        fallback));
    }

    private static Device gpu(Engine engine, int index, Gpus.Gpu gpu, ComputeSettings settings) {
        return TorchDevice.gpu(
                engine,
                index,
                () -> new DeviceInfo(
                        "gpu(" + index + ")",
                        DeviceInfo.Kind.CUDA,
                        gpu.name(),
                        2,
                        settings.maxBatch(),
                        Optional.of(gpu.memory()),
                        Optional.empty()),
                gpu);
    }

    /** Returns what networks run on: the first device, where there are several alike. */
    public DeviceInfo device() {
        return devices().getFirst();
    }

    /** Returns all devices that networks may run on. */
    public List<DeviceInfo> devices() {
        return stations.stream().map(station -> station.host().device().info()).toList();
    }

    /**
     * Loads a network, unless somebody has loaded the same archive already, and warms it up.
     *
     * @param name for messages and figures
     * @param source opens the TorchScript archive, now and whenever the network has to come back to its device
     * @param examples inputs like the ones to come, for the warm-up and the test whether calls may be joined
     * @return a hold on the network
     * @throws TryOnException with {@link ErrorCode#MODEL_ERROR}
     */
    public NetworkLease load(String name, EngineContext.Source source, Tensor... examples) {
        var archive = HeldNetwork.read(name, source);
        lock.lock();
        try {
            var shared = networks.get(HeldNetwork.digest(archive));
            if (shared == null) {
                var keep = settings.pinned().contains(name) ? Keep.PINNED : Keep.EVICTABLE;
                var network = new HeldNetwork(name, source, archive, keep);
                var station = stations.stream()
                        .max(Comparator.comparingLong(each -> each.host().spareBytes()))
                        .orElseThrow();
                station.admit(network, archive.length, new Inputs.Numbers(List.of(examples)));
                LOG.info(
                        "{} is on {}: {}",
                        name,
                        station.host().device().info().id(),
                        network.joining().told());
                shared = new Shared(network, station);
                networks.put(network.sha256(), shared);
            }
            shared.holders++;
            return lease(name, shared);
        } finally {
            lock.unlock();
        }
    }

    private NetworkLease lease(String name, Shared shared) {
        return new NetworkLease(name, inputs -> shared.station.run(shared.network, inputs), () -> release(shared));
    }

    private void release(Shared shared) {
        lock.lock();
        try {
            shared.holders--;
            if (shared.holders == 0 && networks.remove(shared.network.sha256(), shared)) {
                shared.station.host().dismiss(shared.network);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns devices and networks as they stand. */
    public ComputeSnapshot snapshot() {
        return new ComputeSnapshot(
                devices(),
                stations.stream()
                        .flatMap(station -> station.host().snapshot().stream())
                        .sorted(Comparator.comparing(NetworkSnapshot::name))
                        .toList());
    }

    /** Returns how many native things are open: networks, runs, staging buffers. None after {@link #close}. */
    int nativesOpen() {
        return stations.stream()
                .mapToInt(station -> station.host().device().open())
                .sum();
    }

    /** Unloads every network; calls that wait are answered first. */
    @Override
    public void close() {
        lock.lock();
        try {
            networks.clear();
            stations.forEach(Station::close);
        } finally {
            lock.unlock();
        }
    }
}
