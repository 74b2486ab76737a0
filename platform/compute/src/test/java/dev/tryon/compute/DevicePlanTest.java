package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.compute.DevicePlan.Natives;
import dev.tryon.spi.Blender;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.Blending;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DevicePlanTest {
    private static final DeviceChoice AUTO = new DeviceChoice.Auto();

    /** So many GPUs, which nobody opens. */
    private record Machine(int count, Optional<String> absence) implements Gpus {
        @Override
        public Gpu open(int index) {
            throw new IllegalStateException("a plan opens nothing");
        }
    }

    /** Two GPUs, of which some cannot be opened, and some not be asked for their memory. Counts what is open. */
    private record Guarded(Set<Integer> refused, Set<Integer> silent, AtomicInteger open) implements Gpus {
        Guarded(Set<Integer> refused, Set<Integer> silent) {
            this(refused, silent, new AtomicInteger());
        }

        @Override
        public int count() {
            return 2;
        }

        @Override
        public Optional<String> absence() {
            return Optional.empty();
        }

        @Override
        public Gpu open(int index) {
            if (refused.contains(index)) {
                throw new TryOnException(ErrorCode.MODEL_ERROR, "no", "another process has it");
            }
            open.incrementAndGet();
            return new Bare(silent.contains(index), open);
        }
    }

    /** A GPU with nothing but memory. */
    private record Bare(boolean silent, AtomicInteger open) implements Gpus.Gpu {
        @Override
        public String name() {
            return "a GPU";
        }

        @Override
        public DeviceInfo.Memory memory() {
            if (silent) {
                throw new TryOnException(ErrorCode.MODEL_ERROR, "no", "it tells nothing");
            }
            return new DeviceInfo.Memory(2, 1);
        }

        @Override
        public Device.Staging pinned(int bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Device.Placed> place(Inputs.Parts parts) {
            return Optional.empty();
        }

        @Override
        public Blender blender() {
            return Blending::mix;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    private static final Gpus NONE = new Machine(0, Optional.of("there is no driver"));
    private static final Gpus TWO = new Machine(2, Optional.empty());

    @Test
    void takesEveryGpuThereIs() {
        assertThat(DevicePlan.of(AUTO, TWO, Natives.CUDA)).isEqualTo(new DevicePlan(List.of(0, 1), Optional.empty()));
    }

    @Test
    void fallsBackToTheCpuAndSaysWhy() {
        assertThat(DevicePlan.of(AUTO, NONE, Natives.CUDA))
                .isEqualTo(new DevicePlan(List.of(), Optional.of("there is no driver")));
        assertThat(DevicePlan.of(AUTO, TWO, Natives.CPU).gpus()).isEmpty();
        assertThat(DevicePlan.of(AUTO, TWO, Natives.CPU).fallback())
                .hasValueSatisfying(reason -> assertThat(reason).contains("without CUDA"));
    }

    @Test
    void saysNothingOfGpusWhenTheCpuWasAskedFor() {
        assertThat(DevicePlan.of(new DeviceChoice.Cpu(), TWO, Natives.CUDA))
                .isEqualTo(new DevicePlan(List.of(), Optional.empty()));
    }

    @Test
    void takesTheOneThatWasAskedForOrNone() {
        assertThat(DevicePlan.of(new DeviceChoice.Gpu(1), TWO, Natives.CUDA).gpus())
                .containsExactly(1);
        assertThatThrownBy(() -> DevicePlan.of(new DeviceChoice.Gpu(2), TWO, Natives.CUDA))
                .isInstanceOf(DeviceAbsentException.class)
                .hasMessage("gpu(2) is not there: the last is gpu(1)");
        assertThatThrownBy(() -> DevicePlan.of(new DeviceChoice.Gpu(0), NONE, Natives.CUDA))
                .isInstanceOf(DeviceAbsentException.class)
                .hasMessage("gpu(0) cannot be used: there is no driver");
        assertThatThrownBy(() -> DevicePlan.of(new DeviceChoice.Gpu(0), TWO, Natives.CPU))
                .isInstanceOf(DeviceAbsentException.class);
    }

    @Test
    void leavesOutAGpuThatIsRefused() {
        var gpus = new Guarded(Set.of(0), Set.of());
        var machine = DevicePlan.of(AUTO, gpus, Natives.CUDA).open(AUTO, gpus);

        assertThat(machine.gpus()).extracting(DevicePlan.Opened::index).containsExactly(1);
        assertThat(machine.fallback()).isEmpty();
        assertThat(gpus.open).hasValue(1);
    }

    @Test
    void takesTheCpuAndSaysWhyWhenEveryGpuIsRefused() {
        var gpus = new Guarded(Set.of(0), Set.of(1));
        var machine = DevicePlan.of(AUTO, gpus, Natives.CUDA).open(AUTO, gpus);

        assertThat(machine.gpus()).isEmpty();
        assertThat(machine.fallback())
                .contains("gpu(0) cannot be opened: another process has it; gpu(1) cannot be opened: it tells nothing");
        assertThat(gpus.open).hasValue(0);
    }

    @Test
    void failsWhenTheOneThatWasAskedForIsRefused() {
        var gpus = new Guarded(Set.of(), Set.of(1));
        var choice = new DeviceChoice.Gpu(1);
        var plan = DevicePlan.of(choice, gpus, Natives.CUDA);

        assertThatThrownBy(() -> plan.open(choice, gpus))
                .isInstanceOf(DeviceAbsentException.class)
                .hasMessage("gpu(1) cannot be opened: it tells nothing");
        assertThat(gpus.open).hasValue(0);
    }

    @Test
    void readsADeviceAsItIsWritten() {
        assertThat(DeviceChoice.parse("auto")).isEqualTo(AUTO).hasToString("auto");
        assertThat(DeviceChoice.parse("cpu")).hasToString("cpu");
        assertThat(DeviceChoice.parse("gpu(12)"))
                .isEqualTo(new DeviceChoice.Gpu(12))
                .hasToString("gpu(12)");
        for (var wrong : new String[] {"", "gpu", "gpu0", "gpu(-1)", "gpu(123)", "GPU(0)", "cuda"}) {
            assertThatThrownBy(() -> DeviceChoice.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a device is auto, cpu or gpu(0)");
        }
    }
}
