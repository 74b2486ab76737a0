package dev.tryon.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.spi.Crop;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.TryOnException;
import java.nio.ByteBuffer;
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
    void reportsWhatTheDriverRefusesAndGivesEverythingBack() {
        for (var refusal :
                List.of(EmulatedDriver.Refusal.RETAIN, EmulatedDriver.Refusal.LOAD, EmulatedDriver.Refusal.ALLOCATE)) {
            driver.refusals.add(refusal);

            assertThatThrownBy(this::open).isInstanceOfSatisfying(TryOnException.class, failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_ERROR);
                assertThat(failure).hasMessageContaining(refusal.name());
                assertThat(failure.userMessage()).doesNotContain(refusal.name());
            });
            assertThat(driver.contexts).isZero();
            driver.refusals.clear();
        }
    }

    @Test
    void reportsAKernelThatDoesNotStartAndGoesOnAfterwards() {
        try (var device = open()) {
            var batch = driver.memory.allocate(4 * 3 * 8 * 8);
            driver.refusals.add(EmulatedDriver.Refusal.LAUNCH);
            assertThatThrownBy(() -> device.sample(Frame.allocate(9, 9), List.of(Crop.square(4, 4, 8)), batch, 8, 8))
                    .isInstanceOf(TryOnException.class);
            assertThatThrownBy(() ->
                            device.blend(Frame.allocate(2, 2), Frame.allocate(2, 2), ByteBuffer.allocateDirect(4)))
                    .isInstanceOf(TryOnException.class);
            assertThat(device.pinned().lent()).isZero();

            driver.refusals.clear();
            device.sample(Frame.allocate(9, 9), List.of(Crop.square(4, 4, 8)), batch, 8, 8);
            driver.memory.free(batch);
        }
    }

    @Test
    void copiesThroughOrdinaryMemoryWhereNoneCanBePinned() {
        driver.refusals.add(EmulatedDriver.Refusal.ALLOCATE_HOST);
        try (var device = open()) {
            var above = Frame.allocate(2, 2);
            above.pixels().put(4, (byte) 200);
            var onto = Frame.allocate(2, 2);

            device.blend(onto, above, ByteBuffer.allocateDirect(4).put(1, (byte) 255));

            assertThat(onto.pixels()).isEqualTo(above.pixels());
            assertThat(device.pinned().unpinned()).isOne();
            assertThat(device.pinned().pinnedBytes()).isZero();
        }
    }

    @Test
    void refusesABatchOfNothing() {
        try (var device = open()) {
            assertThatThrownBy(() -> device.sample(Frame.allocate(9, 9), List.of(), 0, 8, 8))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
