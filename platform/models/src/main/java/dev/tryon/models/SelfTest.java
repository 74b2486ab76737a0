package dev.tryon.models;

import dev.tryon.models.ModelException.Problem;
import dev.tryon.spi.Network;
import dev.tryon.spi.Tensor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * The proof that a loaded network does what its entry says: so many outputs, of those shapes, finite and in range.
 *
 * <p>The inputs are noise, the same at every run, in the range that the entry declares.
 */
public final class SelfTest {
    private static final int RUNS = 5;
    private static final long SEED = 1;
    /** What rounding may add to a bound. */
    private static final double TOLERANCE = 1e-3;

    private final ModelEntry entry;
    private final LongSupplier nanos;

    /** Makes one. @param nanos a monotonic clock */
    public SelfTest(ModelEntry entry, LongSupplier nanos) {
        this.entry = entry;
        this.nanos = nanos;
    }

    /** Returns inputs as the entry declares them; 0 to 1 where it declares no range. */
    public Tensor[] examples() {
        var random = new Random(SEED);
        return entry.inputs().stream().map(spec -> noise(spec, random)).toArray(Tensor[]::new);
    }

    private static Tensor noise(TensorSpec spec, Random random) {
        var tensor = Tensor.allocate(spec.sizes());
        var range = spec.range().orElse(new TensorSpec.Range(0, 1));
        var values = tensor.values();
        for (int index = 0; index < values.capacity(); index++) {
            values.put(index, (float) (range.least() + random.nextDouble() * (range.most() - range.least())));
        }
        return tensor;
    }

    /**
     * Runs the network a few times.
     *
     * @return the median time of a call
     * @throws ModelException of {@link Problem#SELF_TEST_FAILED}, with what does not fit
     * @throws dev.tryon.spi.TryOnException if it cannot be run
     */
    public Duration run(Network network) {
        var inputs = examples();
        var times = new long[RUNS];
        for (int run = 0; run < RUNS; run++) {
            var begun = nanos.getAsLong();
            var outputs = network.run(inputs);
            times[run] = nanos.getAsLong() - begun;
            check(outputs);
        }
        Arrays.sort(times);
        return Duration.ofNanos(times[RUNS / 2]);
    }

    private void check(List<Tensor> outputs) {
        if (outputs.size() != entry.outputs().size()) {
            throw failed("it gives " + outputs.size() + " outputs, not "
                    + entry.outputs().size());
        }
        for (int index = 0; index < outputs.size(); index++) {
            check(entry.outputs().get(index), outputs.get(index));
        }
    }

    private static void check(TensorSpec spec, Tensor output) {
        if (!Arrays.equals(output.shape(), spec.sizes())) {
            throw failed("its output " + spec.name() + " has the shape " + Arrays.toString(output.shape()) + ", not "
                    + Arrays.toString(spec.sizes()));
        }
        var values = output.values();
        for (int index = 0; index < values.capacity(); index++) {
            float value = values.get(index);
            var fits = Float.isFinite(value)
                    && spec.range()
                            .filter(range -> value < range.least() - TOLERANCE || value > range.most() + TOLERANCE)
                            .isEmpty();
            if (!fits) {
                throw failed("its output " + spec.name() + " has the value " + value);
            }
        }
    }

    private static ModelException failed(String sentence) {
        return new ModelException(Problem.SELF_TEST_FAILED, "the self-test failed: " + sentence);
    }
}
