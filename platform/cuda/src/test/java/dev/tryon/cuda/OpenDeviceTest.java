package dev.tryon.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.spi.Crop;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.TryOnException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenDeviceTest {
    private final EmulatedDriver driver = new EmulatedDriver();

    private OpenDevice open() {
        return OpenDevice.of(driver.describe(0), driver);
    }

    @Test
    void isFoundThroughItsDriver() {
        var found = CudaDriver.over(() -> driver);

        assertThat(found.absence()).isEmpty();
        assertThat(found.devices()).extracting(CudaDevice::computeCapability).containsExactly("7.0");
        try (var device = found.open(found.devices().getFirst())) {
            assertThat(device.freeBytes()).isEqualTo(1L << 29);
        }
    }

    @Test
    void reportsThatTheDriverRefusesIt() {
        driver.refusals.add(EmulatedDriver.Refusal.RETAIN);

        assertThatThrownBy(this::open).isInstanceOfSatisfying(TryOnException.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_ERROR);
            assertThat(failure).hasMessageContaining("RETAIN");
            assertThat(failure.userMessage()).doesNotContain("RETAIN");
        });
    }

    @Test
    void goesWithoutItsOwnKernelsWhereTheDriverDoesNotTakeThem() {
        driver.refusals.add(EmulatedDriver.Refusal.LOAD);
        try (var device = open()) {
            assertThat(device.kernels()).isEmpty();
            assertThat(device.freeBytes()).isPositive();
        }
        assertThat(driver.contexts).isZero();
        assertThat(driver.memory.live()).isZero();
    }

    @Test
    void reportsAKernelThatDoesNotStartAndGoesOnAfterwards() {
        try (var device = open()) {
            var kernels = device.kernels().orElseThrow();
            var crops = List.of(Crop.square(4, 4, 8));
            driver.refusals.add(EmulatedDriver.Refusal.LAUNCH);
            assertThatThrownBy(() -> kernels.sample(Frame.allocate(9, 9), crops, 8, 8))
                    .isInstanceOf(TryOnException.class);
            assertThatThrownBy(() ->
                            kernels.blend(Frame.allocate(2, 2), Frame.allocate(2, 2), ByteBuffer.allocateDirect(4)))
                    .isInstanceOf(TryOnException.class);
            assertThat(device.pinned().lent()).isZero();
            assertThat(kernels.lent()).isZero();

            driver.refusals.clear();
            try (var sampled = kernels.sample(Frame.allocate(9, 9), crops, 8, 8)) {
                assertThat(sampled.count()).isOne();
            }
        }
        assertThat(driver.memory.live()).isZero();
    }

    @Test
    void copiesThroughOrdinaryMemoryWhereNoneCanBePinned() {
        driver.refusals.add(EmulatedDriver.Refusal.ALLOCATE_HOST);
        try (var device = open()) {
            var above = Frame.allocate(2, 2);
            above.pixels().put(4, (byte) 200);
            var onto = Frame.allocate(2, 2);

            device.kernels()
                    .orElseThrow()
                    .blend(onto, above, ByteBuffer.allocateDirect(4).put(1, (byte) 255));

            assertThat(onto.pixels()).isEqualTo(above.pixels());
            assertThat(device.pinned().unpinned()).isOne();
            assertThat(device.pinned().pinnedBytes()).isZero();
        }
    }

    @Test
    void refusesMoreAtATimeThanItsKernelsMayUse() {
        try (var device = open()) {
            var crops = Collections.nCopies(9, Crop.square(4, 4, 8));
            assertThatThrownBy(() -> device.kernels().orElseThrow().sample(Frame.allocate(9, 9), crops, 2048, 2048))
                    .isInstanceOf(TryOnException.class)
                    .hasMessageContaining("too much device memory");
            assertThat(device.kernels().orElseThrow().lent()).isZero();
        }
    }

    @Test
    void refusesABatchOfNothing() {
        try (var device = open()) {
            assertThatThrownBy(() -> device.kernels().orElseThrow().sample(Frame.allocate(9, 9), List.of(), 8, 8))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
