package dev.tryon.compute;

import dev.tryon.compute.MemoryLedger.Claim;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which networks are in a device's memory: loaded when they are entered, sent away when the ledger needs their room, and
 * kept out in quarantine.
 *
 * <p>Invariants. A network is closed when nobody runs it, and only then. The ledger's account covers whatever is loaded.
 *
 * <p>Thread-safe; two locks, always taken in this order: loads and evictions go one after the other, and the state's
 * own, which is never held while the device works.
 */
final class Residents {
    private static final Logger LOG = LoggerFactory.getLogger(Residents.class);

    private final Device device;
    /** What does not change of it. */
    private final DeviceInfo about;

    private final MemoryLedger ledger;
    private final Duration quarantine;
    private final LongSupplier nanoClock;
    private final ReentrantLock moving = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<HeldNetwork, Residence> places = new LinkedHashMap<>();
    private long entries;

    /** A network that stays where it is until this is closed. */
    interface Stay extends AutoCloseable {
        /** Returns it, to be run. */
        Device.Resident resident();

        @Override
        void close();
    }

    /**
     * Begins with nobody.
     *
     * @param quarantine how long a network is kept away, and batches stay halved
     * @param nanoClock monotonic
     */
    Residents(Device device, MemoryLedger ledger, Duration quarantine, LongSupplier nanoClock) {
        this.device = device;
        this.about = device.info();
        this.ledger = ledger;
        this.quarantine = quarantine;
        this.nanoClock = nanoClock;
    }

    /**
     * Notes a network, which comes when it is entered.
     *
     * @param archiveBytes of its file, which its weights take at least
     * @param inputBytes of one sample
     */
    void register(HeldNetwork network, long archiveBytes, long inputBytes) {
        lock.lock();
        try {
            places.put(network, new Residence(network, network.sha256() + "/" + entries++, archiveBytes, inputBytes));
        } finally {
            lock.unlock();
        }
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

    /** Enters what a network was seen to take; where nobody counts memory, what was assumed stays. */
    void measured(HeldNetwork network, long archiveBytes, long weights, long workspace) {
        if (about.memory().isEmpty()) {
            return;
        }
        moving.lock();
        try {
            List<Device.Resident> sent;
            lock.lock();
            try {
                var place = place(network);
                place.measured(archiveBytes, weights, workspace);
                sent = switch (ledger.claim(place.entry, place.footprint, network.keep(), 1)) {
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
                var place = places.get(network);
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

    /** Returns the samples that a run of this network may have at present. */
    int largestBatch(HeldNetwork network) {
        lock.lock();
        try {
            var place = places.get(network);
            return place == null ? Integer.MAX_VALUE : place.largestBatch(Integer.MAX_VALUE, nanoClock.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sees to it that a network is there with room for a batch.
     *
     * @throws DeviceMemoryException if it has to be loaded and the device's memory does not suffice
     * @throws TryOnException with {@link ErrorCode#MODEL_ERROR} if it cannot be loaded, does not fit beside those that stay,
     *     or is in quarantine
     */
    Stay enter(HeldNetwork network, int samples) {
        lock.lock();
        try {
            var place = place(network);
            if (place.resident != null && ledger.holds(place.entry, samples)) {
                return begin(place, place.resident);
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

    private Stay fetch(HeldNetwork network, int samples) {
        Residence place;
        List<Device.Resident> sent;
        Optional<Stay> here;
        lock.lock();
        try {
            place = place(network);
            sent = switch (ledger.claim(place.entry, place.footprint, network.keep(), samples)) {
                case Claim.Granted granted -> sendAway(granted.evicted());
                case Claim.Refused refused ->
                    throw shortOfMemory("%s does not fit on %s: %d bytes are missing"
                            .formatted(network.name(), about.id(), refused.missingBytes()));
            };
            here = Optional.ofNullable(place.resident).map(resident -> begin(place, resident));
        } finally {
            lock.unlock();
        }
        close(sent);
        return here.orElseGet(() -> load(place));
    }

    private Stay load(Residence place) {
        Device.Resident resident;
        long begin = nanoClock.getAsLong();
        try {
            resident = device.load(place.network.name(), place.network.archive());
        } catch (RuntimeException | Error failure) {
            lock.lock();
            try {
                ledger.remove(place.entry);
            } finally {
                lock.unlock();
            }
            throw failure;
        }
        lock.lock();
        try {
            place.resident = resident;
            place.loads++;
            ledger.loaded(place.entry, nanoClock.getAsLong() - begin);
            return begin(place, resident);
        } finally {
            lock.unlock();
        }
    }

    private Stay begin(Residence place, Device.Resident resident) {
        place.uses++;
        ledger.begin(place.entry);
        return new Stay() {
            @Override
            public Device.Resident resident() {
                return resident;
            }

            @Override
            public void close() {
                leave(place);
            }
        };
    }

    private void leave(Residence place) {
        Optional<Device.Resident> sent = Optional.empty();
        lock.lock();
        try {
            place.uses--;
            ledger.end(place.entry);
            if (place.leaving) {
                sent = forget(place);
            }
        } finally {
            lock.unlock();
        }
        sent.ifPresent(Device.Resident::close);
    }

    /** Takes a network that nobody runs off this device and its ledger; later, if somebody does. */
    private Optional<Device.Resident> forget(Residence place) {
        if (place.uses > 0) {
            return Optional.empty();
        }
        if (place.leaving) {
            places.remove(place.network);
        }
        ledger.remove(place.entry);
        var resident = Optional.ofNullable(place.resident);
        place.resident = null;
        return resident;
    }

    /** Sends one other network away, if any may go, after the device has run out with this one. */
    void makeRoom(HeldNetwork network) {
        moving.lock();
        try {
            List<Device.Resident> sent;
            lock.lock();
            try {
                var place = place(network);
                place.outOfMemory++;
                sent = sendAway(ledger.evictOne(place.entry).stream().toList());
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
            var place = of(id);
            if (place.resident != null) {
                LOG.info("{} leaves {} for another network", place.network.name(), about.id());
                place.evictions++;
                sent.add(place.resident);
                place.resident = null;
            }
        }
        return sent;
    }

    private Residence of(String entry) {
        return places.values().stream()
                .filter(place -> place.entry.equals(entry))
                .findFirst()
                .orElseThrow();
    }

    private void close(List<Device.Resident> sent) {
        if (!sent.isEmpty()) {
            sent.forEach(Device.Resident::close);
            device.trim();
        }
    }

    /** Keeps a network to smaller batches for a while. */
    void restrict(HeldNetwork network, int largest) {
        lock.lock();
        try {
            place(network).halve(largest, nanoClock.getAsLong() + quarantine.toNanos());
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a network away for a while. @return what its caller is told */
    TryOnException quarantine(HeldNetwork network) {
        moving.lock();
        try {
            List<Device.Resident> sent;
            lock.lock();
            try {
                var place = place(network);
                LOG.error("{} is kept off {} for {}: out of memory twice", network.name(), about.id(), quarantine);
                place.outOfMemory++;
                place.quarantine(nanoClock.getAsLong() + quarantine.toNanos());
                sent = forget(place).stream().toList();
            } finally {
                lock.unlock();
            }
            close(sent);
        } finally {
            moving.unlock();
        }
        return shortOfMemory(network.name() + " is in quarantine for " + quarantine);
    }

    /** A network that may be called now. */
    private Residence place(HeldNetwork network) {
        var place = places.get(network);
        if (place == null || place.leaving) {
            throw new TryOnException(
                    ErrorCode.MODEL_ERROR, "The server is stopping.", network.name() + " has been unloaded");
        }
        if (place.restraint(nanoClock.getAsLong()) == Residence.Restraint.QUARANTINED) {
            throw shortOfMemory(network.name() + " is in quarantine");
        }
        return place;
    }

    /** Returns the networks as they stand. */
    List<NetworkSnapshot> snapshot() {
        lock.lock();
        try {
            return places.values().stream()
                    .map(place -> place.snapshot(about, ledger.charge(place.entry), nanoClock.getAsLong()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Lets every network go. */
    void dismissAll() {
        List<HeldNetwork> all;
        lock.lock();
        try {
            all = List.copyOf(places.keySet());
        } finally {
            lock.unlock();
        }
        all.forEach(this::dismiss);
    }

    private static TryOnException shortOfMemory(String message) {
        return new TryOnException(
                ErrorCode.MODEL_ERROR, "The server is short of memory for this; please try again later.", message);
    }
}
