package dev.tryon.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.spi.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class TorchArchiveTest {
    private static TorchArchive product() {
        return new TorchArchive()
                .weights("rows", new float[] {1, 2, 3, 4, 5, 6}, List.of(2, 3))
                .method("""
                        def forward(self, x: Tensor) -> Tensor:
                          return torch.matmul(self.rows, x)
                        """);
    }

    @Test
    void isLoadedByPyTorchWithItsWeights() {
        var x = Tensor.allocate(3);
        x.values().put(0, new float[] {1, 10, 100});

        var result = Torch.run(product().toBytes(), x).getFirst();

        assertThat(result.values().get(0)).isEqualTo(321);
        assertThat(result.values().get(1)).isEqualTo(654);
    }

    @Test
    void hasTheSameBytesEveryTime() {
        assertThat(product().toBytes()).isEqualTo(product().toBytes());
    }
}
