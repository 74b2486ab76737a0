package dev.tryon.spi;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One picture in pixels: BGR, 8 bit a channel, rows from the top, in one direct buffer.
 *
 * <p>Pixel (x, y) begins at byte {@code y * strideBytes + 3 * x}. Who is handed a frame as a parameter borrows it until
 * the call returns; who is handed one as a result owns it and closes it, once, which gives its memory back.
 *
 * <p>Threads: one at a time; closing is safe from any.
 */
public final class Frame implements AutoCloseable {
    /** Bytes a pixel. */
    public static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final int strideBytes;
    private final ByteBuffer pixels;
    private final AtomicReference<@Nullable Runnable> release;

    /**
     * Wraps pixels.
     *
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     * @param strideBytes from one row to the next, at least {@code 3 * width}
     * @param pixels a direct buffer of at least {@code strideBytes * height} bytes from index 0
     * @param release called once, at the first close
     */
    public Frame(int width, int height, int strideBytes, ByteBuffer pixels, Runnable release) {
        if (width < 1 || height < 1 || strideBytes < CHANNELS * width) {
            throw new IllegalArgumentException("no frame is " + width + "x" + height + " with stride " + strideBytes);
        }
        if (!pixels.isDirect() || pixels.capacity() < (long) strideBytes * height) {
            throw new IllegalArgumentException("a frame needs a direct buffer of stride times height bytes");
        }
        this.width = width;
        this.height = height;
        this.strideBytes = strideBytes;
        this.pixels = pixels;
        this.release = new AtomicReference<>(release);
    }

    /** Returns a black frame with memory of its own that the garbage collector frees: for tests and start-up. */
    public static Frame allocate(int width, int height) {
        return new Frame(
                width, height, CHANNELS * width, ByteBuffer.allocateDirect(CHANNELS * width * height), () -> {});
    }

    /** Returns the width in pixels. */
    public int width() {
        return width;
    }

    /** Returns the height in pixels. */
    public int height() {
        return height;
    }

    /** Returns the bytes from one row to the next. */
    public int strideBytes() {
        return strideBytes;
    }

    /**
     * Returns the pixels, for absolute access (neither position nor limit means anything).
     *
     * @throws IllegalStateException after {@link #close()}: the memory may be another frame's by now
     */
    public ByteBuffer pixels() {
        if (release.get() == null) {
            throw new IllegalStateException("the frame is closed");
        }
        return pixels;
    }

    @Override
    public void close() {
        var once = release.getAndSet(null);
        if (once != null) {
            once.run();
        }
    }
}
