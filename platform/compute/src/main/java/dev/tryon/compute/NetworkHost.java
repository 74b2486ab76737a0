package dev.tryon.compute;

import dev.tryon.compute.HeldNetwork.Joining;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks of one device: taken in, tested, run, and recovered when the device runs out of memory with them.
 *
 * <p>Model. A network that is not in the device's memory comes back with its next call ({@link Residents}). When the device
 * runs out of memory in a run or a load: the network that may go first goes, the batch is halved, and the call is tried once more;
 * if that fails as well, the network is in quarantine, and its calls fail with {@link ErrorCode#MODEL_ERROR} until that
 * ends. After running out, batches stay at the half for as long as a quarantine lasts.
 *
 * <p>Invariant. A call tries the device at most twice, the second time in halves. Thread-safe.
 */
final class NetworkHost implements Lane.Runner, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkHost.class);
    /** First calls are slow (the executor profiles, then compiles); by the fourth the time is steady. */
    private static final int WARM_UP_RUNS = 4;

    private final Device device;
    private final Residents residents;
    private final LongSupplier nanoClock;

    /**
     * Hosts nothing yet.
     *
     * @param device closed with this
     * @param quarantine how long a network is kept away, and batches stay halved
     * @param nanoClock monotonic
     */
    NetworkHost(Device device, MemoryLedger ledger, Duration quarantine, LongSupplier nanoClock) {
        this.device = device;
        this.residents = new Residents(device, ledger, quarantine, nanoClock);
        this.nanoClock = nanoClock;
    }

    Device device() {
        return device;
    }

    /** Returns the memory that no network is charged for. */
    long spareBytes() {
        return residents.spareBytes();
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
        residents.register(network, archiveBytes, input);
        try {
            device.trim();
            long before = free();
            residents.enter(network, samples).close();
            long loaded = free();
            for (int run = 0; run < WARM_UP_RUNS && !examples.tensors().isEmpty(); run++) {
                run(network, examples);
            }
            residents.measured(network, archiveBytes, before - loaded, (loaded - free()) / samples);
            if (device.info().maxBatch() > 1) {
                network.joining(JoinProof.of(inputs -> attempt(network, inputs), examples));
            }
        } catch (DeviceMemoryException failure) {
            dismiss(network);
            throw new TryOnException(
                    ErrorCode.MODEL_ERROR,
                    "A network could not be loaded.",
                    "no memory to load " + network.name(),
                    failure);
        } catch (RuntimeException | Error failure) {
            dismiss(network);
            throw failure;
        }
    }

    /** Lets a network go for good; a run under way ends first. */
    void dismiss(HeldNetwork network) {
        residents.dismiss(network);
    }

    @Override
    public Optional<Device.Placed> place(Inputs.Parts parts) {
        return device.place(parts);
    }

    @Override
    public int largestBatch(HeldNetwork network) {
        return residents.largestBatch(network);
    }

    @Override
    public List<Tensor> run(HeldNetwork network, Inputs inputs) {
        try {
            try {
                return attempt(network, inputs);
            } catch (DeviceMemoryException failure) {
                LOG.warn(
                        "{} runs out of memory with {} of {}: {}",
                        device.info().id(),
                        inputs.samples(),
                        network.name(),
                        failure.getMessage());
                return recover(network, inputs);
            }
        } catch (TryOnException failure) {
            network.failed();
            throw failure;
        }
    }

    private List<Tensor> attempt(HeldNetwork network, Inputs inputs) {
        int samples = inputs.samples();
        try (var stay = residents.enter(network, samples)) {
            long begin = nanoClock.getAsLong();
            var outputs = stay.resident().run(inputs);
            network.costs().ran(inputs.sampleShape(), samples, nanoClock.getAsLong() - begin);
            return outputs;
        }
    }

    private List<Tensor> recover(HeldNetwork network, Inputs inputs) {
        residents.makeRoom(network);
        int samples = inputs.samples();
        try {
            if (samples > 1 && inputs.divisible() && network.joining() instanceof Joining.Rows) {
                residents.restrict(network, samples / 2);
                return halves(network, inputs, samples);
            }
            return attempt(network, inputs);
        } catch (DeviceMemoryException _) {
            throw residents.quarantine(network);
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

    private long free() {
        return device.info().memory().map(DeviceInfo.Memory::free).orElse(0L);
    }

    /** Returns the networks as they stand. */
    List<NetworkSnapshot> snapshot() {
        return residents.snapshot();
    }

    /** Lets every network go, and the device; nobody may run one any more. */
    @Override
    public void close() {
        residents.dismissAll();
        device.close();
    }
}
