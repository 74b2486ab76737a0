package dev.tryon.compute;

import dev.tryon.compute.HeldNetwork.Joining;
import dev.tryon.compute.MemoryLedger.Claim;
import dev.tryon.compute.MemoryLedger.Footprint;
import dev.tryon.compute.NetworkSnapshot.State;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks of one device: brought to it when they are called, sent away when others need the memory, and kept away for a
 * while when the device runs out of memory with them.
 *
 * <p>Model. A network that is not in the device's memory comes back with its next call. When the device runs out of memory in a run
 * or a load: the network that may go first goes, the batch is halved, and the call is tried once more; if that fails as
 * well, the network is in quarantine, and its calls fail with {@link ErrorCode#MODEL_ERROR} until that ends. After
 * running out, batches stay at the half for as long as a quarantine lasts.
 *
 * <p>Invariants. A network is closed when nobody runs it, and only then. The ledger's account covers whatever is loaded.
 * A call tries the device at most twice.
 *
 * <p>Thread-safe; two locks, always taken in this order: loads and evictions go one after the other, and the state's
 * own, which is never held while the device works.
 */
final class NetworkHost implements Lane.Runner, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkHost.class);
    /** First calls are slow (the executor profiles, then compiles); by the fourth the time is steady. */
    private static final int WARM_UP_RUNS = 4;
    /** Workspace of a sample before it is measured, in sizes of the sample: a network's widest layers, generously. */
    private static final int ASSUMED_WORKSPACE = 32;

    private final Device device;
    /** What does not change of it. */
    private final DeviceInfo about;

    private final MemoryLedger ledger;
    private final Duration quarantine;
    private final LongSupplier nanoClock;
    private final ReentrantLock moving = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Place> places = new LinkedHashMap<>();

    /** What running out of memory has led to, for a while. */
    private enum Restraint {
        NONE,
        HALVED,
        QUARANTINED
    }

    /** What a network has on this device, guarded by the lock. */
    private static final class Place {
        private final HeldNetwork network;
        private final long inputBytes;
        private Footprint footprint;
        private Device.@Nullable Resident resident;
        private int uses;
        private boolean leaving;
        private Restraint restraint = Restraint.NONE;
        private long restrainedUntil;
        private int largestBatch = Integer.MAX_VALUE;
        private long loads;
        private long evictions;
        private long outOfMemory;

        Place(HeldNetwork network, long archiveBytes, long inputBytes) {
            this.network = network;
            this.inputBytes = inputBytes;
            this.footprint = new Footprint(archiveBytes, ASSUMED_WORKSPACE * inputBytes);
        }
    }

    /**
     * Hosts nothing yet.
     *
     * @param device closed with this
     * @param quarantine how long a network is kept away, and batches stay halved
     * @param nanoClock monotonic
     */
    NetworkHost(Device device, MemoryLedger ledger, Duration quarantine, LongSupplier nanoClock) {
        this.device = device;
        this.about = device.info();
        this.ledger = ledger;
        this.quarantine = quarantine;
        this.nanoClock = nanoClock;
    }

    Device device() {
        return device;
    }

    /** Returns the memory that no network is charged for. */
    long spareBytes() {
        lock.lock();
        try {
            return ledger.limit() - ledger.charged();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a network in: loads it, measures it, warms it up and tests whether its calls may be joined.
     *
     * @param archiveBytes of its file, which its weights take at least
     * @param examples inputs like the ones to come; none to leave all that out but the load
     * @throws TryOnException with {@link ErrorCode#MODEL_ERROR}; the network is then not here
     */
    void admit(HeldNetwork network, long archiveBytes, Inputs.Numbers examples) {
        int samples = examples.samples();
        long input = examples.tensors().stream()
                        .mapToLong(each -> each.bytes().capacity())
                        .sum()
                / samples;
        lock.lock();
        try {
            places.put(network.sha256(), new Place(network, archiveBytes, input));
        } finally {
            lock.unlock();
        }
        try {
            device.trim();
            long before = free();
            leave(enter(network, samples));
            long loaded = free();
            for (int run = 0; run < WARM_UP_RUNS && !examples.tensors().isEmpty(); run++) {
                run(network, examples);
            }
            measured(network, archiveBytes, before - loaded, (loaded - free()) / samples);
            if (about.maxBatch() > 1) {
                network.joining(JoinProof.of(inputs -> attempt(network, inputs), examples));
            }
        } catch (RuntimeException | Error failure) {
            dismiss(network);
            throw failure;
        }
    }

    /** Enters what a network was seen to take; where nobody counts memory, what was assumed stays. */
    private void measured(HeldNetwork network, long archiveBytes, long weights, long workspace) {
        if (about.memory().isEmpty()) {
            return;
        }
        moving.lock();
        try {
            List<Device.Resident> sent;
            lock.lock();
            try {
                var place = place(network);
                place.footprint = new Footprint(Math.max(archiveBytes, weights), Math.max(place.inputBytes, workspace));
                sent = switch (ledger.claim(network.sha256(), place.footprint, network.keep(), 1)) {
                    case Claim.Granted granted -> sendAway(granted.evicted());
                    // It is there: what it takes is told when it comes the next time.
                    case Claim.Refused _ -> List.of();
                };
            } finally {
                lock.unlock();
            }
            close(sent);
        } finally {
            moving.unlock();
        }
    }

    /** Lets a network go for good; a run under way ends first. */
    void dismiss(HeldNetwork network) {
        moving.lock();
        try {
            Optional<Device.Resident> sent;
            lock.lock();
            try {
                var place = places.get(network.sha256());
                if (place == null) {
                    return;
                }
                place.leaving = true;
                sent = forget(place);
            } finally {
                lock.unlock();
            }
            sent.ifPresent(Device.Resident::close);
        } finally {
            moving.unlock();
        }
    }

    @Override
    public int largestBatch(HeldNetwork network) {
        lock.lock();
        try {
            var place = places.get(network.sha256());
            return place == null || restraint(place) == Restraint.NONE ? Integer.MAX_VALUE : place.largestBatch;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Tensor> run(HeldNetwork network, Inputs inputs) {
        try {
            return attempt(network, inputs);
        } catch (DeviceMemoryException failure) {
            LOG.warn("{} runs out of memory with {} on {}", about.id(), inputs.samples(), network.name(), failure);
            return recover(network, inputs);
        } catch (TryOnException failure) {
            network.failed();
            throw failure;
        }
    }

    private List<Tensor> attempt(HeldNetwork network, Inputs inputs) {
        int samples = inputs.samples();
        var place = enter(network, samples);
        try {
            long begin = nanoClock.getAsLong();
            var outputs = resident(place).run(inputs);
            network.costs().ran(inputs.sampleShape(), samples, nanoClock.getAsLong() - begin);
            return outputs;
        } finally {
            leave(place);
        }
    }

    private List<Tensor> recover(HeldNetwork network, Inputs inputs) {
        makeRoom(network);
        int samples = inputs.samples();
        try {
            if (samples > 1 && inputs.divisible() && network.joining() instanceof Joining.Rows) {
                restrict(network, samples / 2);
                return halves(network, inputs, samples);
            }
            return attempt(network, inputs);
        } catch (DeviceMemoryException again) {
            network.failed();
            quarantine(network);
            throw new TryOnException(
                    ErrorCode.MODEL_ERROR,
                    "The server is short of memory for this; please try again later.",
                    network.name() + " is in quarantine for " + quarantine,
                    again);
        }
    }

    private List<Tensor> halves(HeldNetwork network, Inputs inputs, int samples) {
        int half = samples / 2;
        var first = attempt(network, inputs.part(0, half));
        var second = attempt(network, inputs.part(half, samples - half));
        var whole = new ArrayList<Tensor>();
        for (int output = 0; output < first.size(); output++) {
            whole.add(StagedBatch.endToEnd(first.get(output), second.get(output)));
        }
        return whole;
    }

    /** Sees to it that a network is there with room for a batch, and notes that it is in use. */
    private Place enter(HeldNetwork network, int samples) {
        lock.lock();
        try {
            var place = place(network);
            if (place.resident != null && ledger.holds(network.sha256(), samples)) {
                return begin(place);
            }
        } finally {
            lock.unlock();
        }
        moving.lock();
        try {
            return fetch(network, samples);
        } finally {
            moving.unlock();
        }
    }

    private Place fetch(HeldNetwork network, int samples) {
        List<Device.Resident> sent;
        Optional<Place> here;
        lock.lock();
        try {
            var place = place(network);
            sent = switch (ledger.claim(network.sha256(), place.footprint, network.keep(), samples)) {
                case Claim.Granted granted -> sendAway(granted.evicted());
                case Claim.Refused refused ->
                    throw new TryOnException(
                            ErrorCode.MODEL_ERROR,
                            "The server is short of memory for this; please try again later.",
                            "%s does not fit on %s: %d bytes are missing"
                                    .formatted(network.name(), about.id(), refused.missingBytes()));
            };
            here = place.resident == null ? Optional.empty() : Optional.of(begin(place));
        } finally {
            lock.unlock();
        }
        close(sent);
        return here.orElseGet(() -> load(network));
    }

    private Place load(HeldNetwork network) {
        Device.Resident resident;
        long begin = nanoClock.getAsLong();
        try {
            resident = device.load(network.name(), network.archive());
        } catch (RuntimeException | Error failure) {
            lock.lock();
            try {
                ledger.remove(network.sha256());
            } finally {
                lock.unlock();
            }
            throw failure;
        }
        lock.lock();
        try {
            var place = place(network);
            place.resident = resident;
            place.loads++;
            ledger.loaded(network.sha256(), nanoClock.getAsLong() - begin);
            return begin(place);
        } finally {
            lock.unlock();
        }
    }

    private Place begin(Place place) {
        place.uses++;
        ledger.begin(place.network.sha256());
        return place;
    }

    private void leave(Place place) {
        Optional<Device.Resident> sent = Optional.empty();
        lock.lock();
        try {
            place.uses--;
            ledger.end(place.network.sha256());
            if (place.leaving) {
                sent = forget(place);
            }
        } finally {
            lock.unlock();
        }
        sent.ifPresent(Device.Resident::close);
    }

    /** Takes a network that nobody runs off this device and its ledger; later, if somebody does. */
    private Optional<Device.Resident> forget(Place place) {
        if (place.uses > 0) {
            return Optional.empty();
        }
        if (place.leaving) {
            places.remove(place.network.sha256(), place);
        }
        ledger.remove(place.network.sha256());
        var resident = Optional.ofNullable(place.resident);
        place.resident = null;
        return resident;
    }

    private void makeRoom(HeldNetwork network) {
        moving.lock();
        try {
            List<Device.Resident> sent;
            lock.lock();
            try {
                place(network).outOfMemory++;
                sent = sendAway(ledger.evictOne(network.sha256()).stream().toList());
            } finally {
                lock.unlock();
            }
            close(sent);
            device.trim();
        } finally {
            moving.unlock();
        }
    }

    private List<Device.Resident> sendAway(List<String> evicted) {
        var sent = new ArrayList<Device.Resident>();
        for (var id : evicted) {
            var place = places.get(id);
            if (place != null && place.resident != null) {
                LOG.info("{} leaves {} for another network", place.network.name(), about.id());
                place.evictions++;
                sent.add(place.resident);
                place.resident = null;
            }
        }
        return sent;
    }

    private void close(List<Device.Resident> sent) {
        if (!sent.isEmpty()) {
            sent.forEach(Device.Resident::close);
            device.trim();
        }
    }

    private void restrict(HeldNetwork network, int largest) {
        lock.lock();
        try {
            var place = place(network);
            place.largestBatch = Math.max(1, largest);
            restrain(place, Restraint.HALVED);
        } finally {
            lock.unlock();
        }
    }

    private void quarantine(HeldNetwork network) {
        Optional<Device.Resident> sent;
        lock.lock();
        try {
            var place = place(network);
            LOG.error("{} is kept off {} for {}: out of memory twice", network.name(), about.id(), quarantine);
            place.outOfMemory++;
            restrain(place, Restraint.QUARANTINED);
            sent = forget(place);
        } finally {
            lock.unlock();
        }
        close(sent.stream().toList());
    }

    private void restrain(Place place, Restraint restraint) {
        place.restraint = restraint;
        place.restrainedUntil = nanoClock.getAsLong() + quarantine.toNanos();
    }

    private Restraint restraint(Place place) {
        if (place.restraint != Restraint.NONE && nanoClock.getAsLong() - place.restrainedUntil >= 0) {
            place.restraint = Restraint.NONE;
        }
        return place.restraint;
    }

    /** A network that may be called now. */
    private Place place(HeldNetwork network) {
        var place = places.get(network.sha256());
        if (place == null || place.leaving) {
            throw new TryOnException(
                    ErrorCode.MODEL_ERROR, "The server is stopping.", network.name() + " has been unloaded");
        }
        if (restraint(place) == Restraint.QUARANTINED) {
            throw new TryOnException(
                    ErrorCode.MODEL_ERROR,
                    "The server is short of memory for this; please try again later.",
                    network.name() + " is in quarantine");
        }
        return place;
    }

    private Device.Resident resident(Place place) {
        lock.lock();
        try {
            if (place.resident == null) {
                throw new IllegalStateException(place.network.name() + " was closed while in use");
            }
            return place.resident;
        } finally {
            lock.unlock();
        }
    }

    private long free() {
        return device.info().memory().map(DeviceInfo.Memory::free).orElse(0L);
    }

    /** Returns the networks as they stand. */
    List<NetworkSnapshot> snapshot() {
        lock.lock();
        try {
            return places.values().stream().map(this::snapshot).toList();
        } finally {
            lock.unlock();
        }
    }

    private NetworkSnapshot snapshot(Place place) {
        var network = place.network;
        var restraint = restraint(place);
        return new NetworkSnapshot(
                network.name(),
                network.sha256(),
                about.id(),
                restraint == Restraint.QUARANTINED
                        ? State.QUARANTINED
                        : place.resident == null ? State.EVICTED : State.LOADED,
                network.keep(),
                network.joining().told(),
                ledger.charge(network.sha256()),
                restraint == Restraint.NONE ? about.maxBatch() : Math.min(about.maxBatch(), place.largestBatch),
                place.loads,
                place.evictions,
                place.outOfMemory,
                network.failures(),
                network.costs().joined(),
                network.costs().curve());
    }

    /** Lets every network go, and the device with them once nobody runs one. */
    @Override
    public void close() {
        List<HeldNetwork> all;
        lock.lock();
        try {
            all = places.values().stream().map(place -> place.network).toList();
        } finally {
            lock.unlock();
        }
        all.forEach(this::dismiss);
        device.close();
    }
}
