package dev.tryon.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.models.FlatWriter.Table;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstantsTest {
    private static float[] read(ElementType type, int[] shape, byte[] data, Table quantization, Table sparsity) {
        var file = new TfliteWriter();
        var tensor = file.add(type, shape, data, quantization, sparsity);
        return new Constants(TfliteFile.read(file.file(List.of(), List.of()))).floats(tensor);
    }

    private static Table scales(float[] scales, long[] zeroPoints, int axis) {
        return Table.of(2, scales, 3, zeroPoints, 6, axis);
    }

    @Test
    void widensHalfPrecision() {
        var bytes = new byte[4];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(Float.floatToFloat16(1.5f))
                .putShort(Float.floatToFloat16(-0.25f));

        assertThat(read(ElementType.FLOAT16, new int[] {2}, bytes, Table.of(), Table.of()))
                .containsExactly(1.5f, -0.25f);
    }

    @Test
    void scalesIntegersBackWithOneScaleForAll() {
        var numbers = read(
                ElementType.UINT8,
                new int[] {3},
                new byte[] {0, (byte) 128, (byte) 255},
                scales(new float[] {.5f}, new long[] {128}, 0),
                Table.of());

        assertThat(numbers).containsExactly(-64, 0, 63.5f);
    }

    @Test
    void scalesIntegersBackWithAScaleForEachPlaceOfAnAxis() {
        var numbers = read(
                ElementType.INT8,
                new int[] {2, 2},
                new byte[] {1, 2, 3, -4},
                scales(new float[] {1, 10}, new long[] {0, 0}, 1),
                Table.of());

        assertThat(numbers).containsExactly(1, 20, 3, -40);
    }

    @Test
    void fillsUpSparseRows() {
        var dense = Table.of(0, (byte) 0, 1, 2);
        var rows = Table.of(
                0, (byte) 1, 2, (byte) 3, 3, Table.of(0, new byte[] {0, 1, 3}), 4, (byte) 3, 5, Table.of(0, new byte[] {
                    2, 0, 1
                }));
        var sparsity = Table.of(0, new int[] {0, 1}, 2, List.of(dense, rows));

        assertThat(read(ElementType.INT8, new int[] {2, 3}, new byte[] {7, 8, 9}, Table.of(), sparsity))
                .containsExactly(0, 0, 7, 8, 9, 0);
    }

    @Test
    void fillsUpSparseBlocks() {
        // Blocks of two columns: a row of two blocks, of which the second is there.
        var row = Table.of(0, (byte) 0, 1, 1);
        var blocks = Table.of(
                0, (byte) 1, 2, (byte) 1, 3, Table.of(0, new int[] {0, 1}), 4, (byte) 1, 5, Table.of(0, new int[] {1}));
        var inner = Table.of(0, (byte) 0, 1, 2);
        var sparsity = Table.of(0, new int[] {0, 1, 2}, 1, new int[] {1}, 2, List.of(row, blocks, inner));

        assertThat(read(ElementType.INT8, new int[] {1, 4}, new byte[] {5, 6}, Table.of(), sparsity))
                .containsExactly(0, 0, 5, 6);
    }

    @Test
    void refusesSparsityThatPointsOutside() {
        var dense = Table.of(0, (byte) 0, 1, 1);
        var rows = Table.of(
                0, (byte) 1, 2, (byte) 3, 3, Table.of(0, new byte[] {0, 1}), 4, (byte) 3, 5, Table.of(0, new byte[] {9
                }));
        var sparsity = Table.of(0, new int[] {0, 1}, 2, List.of(dense, rows));

        assertThatThrownBy(() -> read(ElementType.INT8, new int[] {1, 3}, new byte[] {7}, Table.of(), sparsity))
                .isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
                        .isEqualTo(ErrorCode.MODEL_ERROR));
    }
}
