package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.spi.Tensor;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Networks behind the lane of a GPU, which is the tests' own. */
@Timeout(60)
class ComputeOnGpuTest {
    private final ScriptedDevice device = new ScriptedDevice(1 << 20, 8);
    private final Compute compute = new Compute(
            List.of(device),
            new ComputeSettings(
                    new DeviceChoice.Auto(), 8, Duration.ZERO, Set.of(), 0, Duration.ZERO, Duration.ofSeconds(30)),
            System::nanoTime);

    private NetworkLease load(int seed) {
        return compute.load("net", () -> new ByteArrayInputStream(new byte[] {(byte) seed}), Tensor.allocate(1, 2));
    }

    @Test
    void unloadsANetworkOnTheLanesThread() {
        load(1).close();
        // Waits for the lane, which has come to the first by then.
        load(2);

        assertThat(device.closers).containsExactly("lane-gpu(0)");
        assertThat(compute.snapshot().networks()).hasSize(1);
        compute.close();
        assertThat(device.open()).isZero();
    }

    @Test
    void unloadsWhatWasLetGoJustBeforeTheEnd() {
        load(1).close();
        compute.close();

        assertThat(device.closers).containsExactly("lane-gpu(0)");
        assertThat(device.open()).isZero();
    }
}
