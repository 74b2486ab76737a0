package dev.tryon.compute;

import dev.tryon.compute.HeldNetwork.Joining;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that feeds a device, and joins the calls that wait for the same network.
 *
 * <p>Model. Callers queue and block; the lane takes the oldest call and, of those behind it, all of the same network and the same
 * shape of a sample, as far as {@link LaneShape} allows; lays their inputs end to end, fills them up with zeros, runs the
 * network once and gives each caller its rows. An engine thus calls a network as if it were alone (dynamic batching, as in
 * NVIDIA's Triton). One thing is on the device at a time, so what a run takes can be foretold (Clockwork, Gujarati et al.
 * 2020).
 *
 * <p>Invariants. The oldest call is in the next run: none starves. A call is answered exactly once, also at the end.
 * Networks whose calls may not be joined (see {@link JoinProof}) run alone. A joined run that fails is repeated call by
 * call, so that a failure meets its own caller only. What one caller sent is never in another's answer, nor left in the
 * staging memory of a shorter batch. The queue is bounded: who finds it full waits for a place.
 *
 * <p>Thread-safe.
 */
final class Lane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final LaneShape shape;
    private final Runner runner;
    private final StagedBatch stage;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition place = lock.newCondition();
    private final ArrayDeque<Waiting<?>> queue = new ArrayDeque<>();
    private final Thread thread;
    private boolean open = true;

    /** What runs a network: its device, with whatever has to be done before. */
    interface Runner {
        /** Runs a network. */
        List<Tensor> run(HeldNetwork network, Inputs inputs);

        /** Returns the samples that a run of this network may have at present. */
        int largestBatch(HeldNetwork network);

        /** Reads parts of a frame on the device, as {@link Device#place} does. */
        default Optional<Device.Placed> place(Inputs.Parts parts) {
            return Optional.empty();
        }
    }

    /** Something that waits for the lane. */
    private sealed interface Waiting<T> {
        CompletableFuture<T> answer();
    }

    /** A call of a network. */
    private record Call(
            HeldNetwork network,
            Inputs inputs,
            String sampleShape,
            int samples,
            long sinceNanos,
            CompletableFuture<List<Tensor>> answer)
            implements Waiting<List<Tensor>> {
        boolean joins(Call other) {
            return network == other.network
                    && sampleShape.equals(other.sampleShape)
                    && inputs.getClass() == other.inputs.getClass()
                    && network.joining() instanceof Joining.Rows
                    && inputs.divisible()
                    && other.inputs.divisible();
        }
    }

    /** Anything else that must be done on the device's one thread. */
    private record Task<T>(Supplier<T> work, CompletableFuture<T> answer) implements Waiting<T> {
        void perform() {
            try {
                answer.complete(work.get());
            } catch (RuntimeException | Error failure) {
                answer.completeExceptionally(failure);
            }
        }
    }

    /**
     * Starts the lane.
     *
     * @param name of its thread
     * @param staging lends the memory that inputs are laid in
     * @param nanoClock monotonic, in step with real time: it says for how long the lane waits
     */
    Lane(String name, LaneShape shape, Runner runner, StagedBatch staging, LongSupplier nanoClock) {
        this.shape = shape;
        this.runner = runner;
        this.stage = staging;
        this.nanoClock = nanoClock;
        this.thread = Thread.ofPlatform().name("lane-" + name).daemon().start(this::work);
    }

    /**
     * Runs a network, with others' calls where that may be.
     *
     * @param inputs borrowed until the call returns
     * @throws TryOnException with {@link ErrorCode#MODEL_ERROR}
     */
    List<Tensor> run(HeldNetwork network, Inputs inputs) {
        // Parts of a frame are sampled here, by the caller's thread, so that the lane's only feeds the device.
        if (inputs instanceof Inputs.Parts parts) {
            var found = runner.place(parts);
            if (found.isPresent()) {
                try (var placed = found.get()) {
                    return call(network, placed.inputs());
                }
            }
        }
        return call(network, new Inputs.Numbers(inputs.tensors()));
    }

    private List<Tensor> call(HeldNetwork network, Inputs inputs) {
        return await(new Call(
                network,
                inputs,
                inputs.sampleShape(),
                inputs.samples(),
                nanoClock.getAsLong(),
                new CompletableFuture<>()));
    }

    /** Does something on the lane's thread, between two runs. */
    <T> T perform(Supplier<T> work) {
        return await(new Task<>(work, new CompletableFuture<>()));
    }

    private <T> T await(Waiting<T> waiting) {
        lock.lock();
        try {
            while (open && queue.size() >= shape.waiting()) {
                place.awaitUninterruptibly();
            }
            if (!open) {
                throw new TryOnException(ErrorCode.MODEL_ERROR, "The server is stopping.", "the lane is closed");
            }
            queue.add(waiting);
            arrived.signal();
        } finally {
            lock.unlock();
        }
        try {
            // Not interruptible: the lane reads the inputs until the answer is there.
            return waiting.answer().join();
        } catch (CompletionException failure) {
            switch (failure.getCause()) {
                case TryOnException own -> throw own;
                case RuntimeException own -> throw own;
                case Error own -> throw own;
                case null, default -> throw failure;
            }
        }
    }

    /** Answers what waits, and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            open = false;
            arrived.signalAll();
            place.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns how many wait now, those in the run under way not among them. */
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try (stage) {
            for (var batch = next(); !batch.isEmpty(); batch = next()) {
                switch (batch.getFirst()) {
                    case Task<?> task -> task.perform();
                    case Call _ -> answer(batch.stream().map(Call.class::cast).toList());
                }
            }
        }
    }

    /** Waits for the next run's calls; none when the lane has ended. */
    private List<Waiting<?>> next() {
        lock.lock();
        try {
            while (true) {
                if (queue.isEmpty()) {
                    if (!open) {
                        return List.of();
                    }
                    arrived.awaitUninterruptibly();
                } else if (queue.getFirst() instanceof Call first) {
                    long rest = shape.gather().toNanos() - (nanoClock.getAsLong() - first.sinceNanos());
                    if (rest <= 0 || !open || full(first)) {
                        return take(first);
                    }
                    try {
                        var _ = arrived.awaitNanos(rest);
                    } catch (InterruptedException _) {
                        // Nobody has a reason to interrupt the lane: it ends when it is closed.
                    }
                } else {
                    place.signal();
                    return List.of(queue.removeFirst());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean full(Call first) {
        return !(first.network().joining() instanceof Joining.Rows)
                || matching(first).stream().mapToInt(Call::samples).sum() >= largest(first);
    }

    private List<Waiting<?>> take(Call first) {
        var matching = matching(first);
        int count = shape.choose(matching.stream().map(Call::samples).toList(), largest(first), size -> first.network()
                .costs()
                .usualNanos(first.sampleShape(), size));
        var taken = new ArrayList<Waiting<?>>(matching.subList(0, count));
        for (Iterator<Waiting<?>> each = queue.iterator(); each.hasNext(); ) {
            if (taken.contains(each.next())) {
                each.remove();
            }
        }
        place.signalAll();
        return taken;
    }

    private List<Call> matching(Call first) {
        return queue.stream()
                .filter(Call.class::isInstance)
                .map(Call.class::cast)
                .filter(call -> call.equals(first) || call.joins(first))
                .toList();
    }

    private int largest(Call first) {
        return Math.min(shape.maxBatch(), runner.largestBatch(first.network()));
    }

    private void answer(List<Call> calls) {
        try {
            run(calls);
        } catch (RuntimeException | Error failure) {
            if (calls.size() == 1) {
                calls.getFirst().answer().completeExceptionally(typed(calls.getFirst(), failure));
                return;
            }
            LOG.warn(
                    "{} failed for {} calls at once, which are repeated one by one: {}",
                    calls.getFirst().network().name(),
                    calls.size(),
                    failure.getMessage());
            calls.forEach(call -> answer(List.of(call)));
        }
    }

    private void run(List<Call> calls) {
        var first = calls.getFirst();
        var network = first.network();
        if (network.joining() instanceof Joining.Rows rows && first.inputs().divisible()) {
            var samples = calls.stream().map(Call::samples).toList();
            int sum = samples.stream().mapToInt(Integer::intValue).sum();
            int filled = Math.min(shape.filled(sum), Math.max(sum, largest(first)));
            var outputs = runner.run(network, joined(calls, filled));
            var answers = StagedBatch.split(outputs, rows.perSample(), samples, filled);
            network.costs().answered(calls.size());
            for (int index = 0; index < calls.size(); index++) {
                calls.get(index).answer().complete(answers.get(index));
            }
        } else {
            var outputs = runner.run(network, first.inputs());
            network.costs().answered(1);
            first.answer().complete(outputs);
        }
    }

    /** Lays the inputs of calls end to end; they are all of one kind. */
    private Inputs joined(List<Call> calls, int filled) {
        if (calls.getFirst().inputs() instanceof Inputs.OnDevice) {
            return Inputs.OnDevice.joined(
                    calls.stream().map(call -> (Inputs.OnDevice) call.inputs()).toList(), filled);
        }
        return new Inputs.Numbers(
                stage.lay(calls.stream().map(call -> call.inputs().tensors()).toList(), filled));
    }

    private static TryOnException typed(Call call, Throwable failure) {
        return failure instanceof TryOnException own
                ? own
                : new TryOnException(
                        ErrorCode.MODEL_ERROR,
                        "A network failed on this picture.",
                        call.network().name() + " failed",
                        failure);
    }
}
