package dev.tryon.cuda;

import dev.tryon.spi.Crop;
import dev.tryon.spi.Frame;
import dev.tryon.vision.Raster;
import dev.tryon.vision.Sampling;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Parts of a frame read into a batch by the device: one upload of the frame's bytes, one kernel. Thread-safe.
 *
 * <p>Equal to {@link Sampling#fill}, bit for bit.
 */
final class DeviceSampler {
    /** Of the kernel's {@code struct Item}. */
    private static final int ITEM_BYTES = 72;

    private final Driver.Context context;
    private final PinnedBuffers pinned;
    private final DeviceBuffers buffers;
    private final Driver.Kernel kernel;

    DeviceSampler(Driver.Context context, PinnedBuffers pinned, DeviceBuffers buffers) {
        this.context = context;
        this.pinned = pinned;
        this.buffers = buffers;
        this.kernel = context.load(KernelText.SAMPLE.ptx(), KernelText.SAMPLE.entry());
    }

    /**
     * Reads parts of a frame into memory of their own, which is filled when the call returns.
     *
     * @param launching does what it is given, which starts the kernel
     */
    SampledCrops sample(Frame frame, List<Crop> crops, int width, int height, Consumer<Runnable> launching) {
        var bytes = (double) Float.BYTES * Frame.CHANNELS * width * height * crops.size();
        var batch = buffers.lend((int) bytes); // what exceeds an int is cut to the most, and refused
        var pictures = new ArrayList<Frame>();
        try {
            pictures.add(frame);
            fill(items(frame, crops, width, height, pictures), pictures, batch.memory(), width, height, launching);
        } catch (RuntimeException failure) {
            batch.close();
            throw failure;
        } finally {
            pictures.stream().skip(1).forEach(Frame::close);
        }
        return new SampledCrops(context, batch, crops.size(), width, height);
    }

    /** Which picture an item is read from, by its place among the pictures, and how. */
    private record Item(int picture, Raster raster) {}

    /** Says how to read each crop; adds to the pictures, which begin with the frame, the smaller copies to read from. */
    private static List<Item> items(Frame frame, List<Crop> crops, int width, int height, List<Frame> pictures) {
        var items = new ArrayList<Item>(crops.size());
        for (var crop : crops) {
            var raster = Raster.of(frame.width(), frame.height(), crop, width, height);
            if (raster.reads(frame)) {
                items.add(new Item(0, raster));
            } else {
                pictures.add(Sampling.shrunk(frame, raster));
                items.add(new Item(pictures.size() - 1, raster));
            }
        }
        return items;
    }

    private void fill(
            List<Item> items, List<Frame> pictures, long batch, int width, int height, Consumer<Runnable> launching) {
        var layout = new Layout();
        var table = layout.add(ITEM_BYTES * items.size());
        var places = pictures.stream().map(layout::add).toList();
        try (var loan = pinned.lend(layout.bytes());
                var memory = buffers.lend(layout.bytes())) {
            long base = memory.memory();
            for (var index = 0; index < places.size(); index++) {
                places.get(index).copy(pictures.get(index), loan.bytes());
            }
            for (var index = 0; index < items.size(); index++) {
                var item = items.get(index);
                var from = places.get(item.picture()).offset();
                var at = table.offset() + ITEM_BYTES * index;
                put(loan.bytes(), at, item.raster(), pictures.get(item.picture()), base + from);
            }
            context.upload(base, loan.bytes(), layout.bytes());
            var grid = Driver.Grid.over(width, height, items.size());
            launching.accept(() -> context.launch(kernel, grid, base + table.offset(), batch, width, height));
            context.await();
        }
    }

    private static void put(ByteBuffer into, int at, Raster raster, Frame picture, long address) {
        into.putLong(at, address)
                .putInt(at + 8, picture.width())
                .putInt(at + 12, picture.height())
                .putInt(at + 16, picture.strideBytes())
                .putInt(at + 20, raster.samples())
                .putDouble(at + 24, raster.xByColumn())
                .putDouble(at + 32, raster.xByRow())
                .putDouble(at + 40, raster.x())
                .putDouble(at + 48, raster.yByColumn())
                .putDouble(at + 56, raster.yByRow())
                .putDouble(at + 64, raster.y());
    }
}
