package dev.tryon.cuda;

import dev.tryon.spi.Frame;
import dev.tryon.vision.Blending;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * A picture laid over another through a mask by the device: one upload, one kernel, one download. Thread-safe.
 *
 * <p>Equal to {@link Blending#mix}, bit for bit: the kernel looks up the very same tables.
 */
final class DeviceBlender implements AutoCloseable {
    private final Driver.Context context;
    private final PinnedBuffers pinned;
    private final DeviceBuffers buffers;
    private final Driver.Kernel kernel;
    private final long tables;

    DeviceBlender(Driver.Context context, PinnedBuffers pinned, DeviceBuffers buffers) {
        this.context = context;
        this.pinned = pinned;
        this.buffers = buffers;
        this.kernel = context.load(KernelText.BLEND.ptx(), KernelText.BLEND.entry());
        this.tables = upload(Blending.tables());
    }

    private long upload(float[] numbers) {
        var size = Float.BYTES * numbers.length;
        var bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(numbers);
        var address = context.allocate(size);
        context.upload(address, bytes, size);
        context.await();
        return address;
    }

    /**
     * Blends as {@link dev.tryon.spi.Blender} says.
     *
     * @param launching does what it is given, which starts the kernel
     */
    void blend(Frame onto, Frame above, ByteBuffer mask, Consumer<Runnable> launching) {
        Blending.check(onto, above, mask);
        var layout = new Layout();
        var below = layout.add(onto);
        var over = layout.add(above);
        var shares = layout.add(onto.width() * onto.height());
        try (var loan = pinned.lend(layout.bytes());
                var memory = buffers.lend(layout.bytes())) {
            long base = memory.memory();
            below.copy(onto, loan.bytes());
            over.copy(above, loan.bytes());
            loan.bytes().put(shares.offset(), mask, 0, shares.bytes());
            context.upload(base, loan.bytes(), layout.bytes());
            launching.accept(() -> context.launch(
                    kernel,
                    Driver.Grid.over(onto.width(), onto.height(), 1),
                    base + below.offset(),
                    base + over.offset(),
                    base + shares.offset(),
                    tables,
                    onto.width(),
                    onto.height(),
                    onto.strideBytes(),
                    above.strideBytes()));
            context.download(loan.bytes(), base + below.offset(), below.bytes());
            context.await();
            onto.pixels().put(0, loan.bytes(), 0, below.bytes());
        }
    }

    @Override
    public void close() {
        context.free(tables);
    }
}
