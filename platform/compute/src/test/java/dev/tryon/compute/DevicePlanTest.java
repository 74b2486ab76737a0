package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.compute.DevicePlan.Natives;
import java.util.List;
import java.util.Optional;
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
