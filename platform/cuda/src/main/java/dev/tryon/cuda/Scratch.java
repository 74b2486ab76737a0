package dev.tryon.cuda;

/**
 * Device memory for what a kernel reads during one call, used again by the next.
 *
 * <p>Who holds its lock puts a copy, a kernel and a copy back in line on the one stream that everything runs on; the next
 * may then reuse the memory at once, since its copies wait their turn. It grows to what was needed most.
 */
final class Scratch implements AutoCloseable {
    private final Driver.Context context;
    private long address;
    private long bytes;

    Scratch(Driver.Context context) {
        this.context = context;
    }

    /** Returns the address of so many bytes, whose content is undefined; the caller holds this object's lock. */
    long reserve(long needed) {
        assert Thread.holdsLock(this);
        if (bytes < needed) {
            context.await(); // an earlier caller's kernel may still read what is freed here
            close();
            address = context.allocate(needed);
            bytes = needed;
        }
        return address;
    }

    @Override
    public synchronized void close() {
        if (bytes > 0) {
            context.free(address);
            bytes = 0;
        }
    }
}
