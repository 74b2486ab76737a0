package dev.tryon.spi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Numbers in a box: float32, row-major, in a direct buffer of native byte order.
 *
 * <p>Shapes are written like {@code float32[batch][3][256][256]} in this project.
 *
 * <p>Threads: one at a time.
 */
public final class Tensor {
    private final long[] shape;
    private final ByteBuffer bytes;
    private final FloatBuffer values;

    /**
     * Wraps numbers.
     *
     * @param bytes a direct buffer in native order that holds the shape's product of floats from index 0
     * @param shape each at least 0
     */
    public Tensor(ByteBuffer bytes, long... shape) {
        var size = Float.BYTES * Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (!bytes.isDirect() || bytes.order() != ByteOrder.nativeOrder() || bytes.capacity() < size) {
            throw new IllegalArgumentException("a tensor needs a direct buffer in native order of " + size + " bytes");
        }
        this.shape = shape.clone();
        this.bytes = bytes.slice(0, Math.toIntExact(size)).order(ByteOrder.nativeOrder());
        this.values = this.bytes.asFloatBuffer();
    }

    /** Returns a tensor of zeros. */
    public static Tensor allocate(long... shape) {
        var count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        var bytes = ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES));
        return new Tensor(bytes.order(ByteOrder.nativeOrder()), shape);
    }

    /** Returns the size along one axis. */
    public int size(int axis) {
        return Math.toIntExact(shape[axis]);
    }

    /** Returns a copy of the sizes along all axes. */
    public long[] shape() {
        return shape.clone();
    }

    /** Returns the numbers, for absolute access. */
    public FloatBuffer values() {
        return values;
    }

    /** Returns the same numbers as bytes, in native order. */
    public ByteBuffer bytes() {
        return bytes;
    }
}
