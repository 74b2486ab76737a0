package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class TorchMemoryTest {
    @Test
    void tellsWhereATensorLies() {
        try (var scope = TorchDevice.start().newBaseManager()) {
            var first = scope.zeros(new Shape(2, 3));
            var second = scope.zeros(new Shape(2, 3));

            assertThat(TorchMemory.address(first))
                    .isEqualTo(MemorySegment.ofBuffer(first.toByteBuffer(true)).address())
                    .isNotEqualTo(TorchMemory.address(second));
        }
    }
}
