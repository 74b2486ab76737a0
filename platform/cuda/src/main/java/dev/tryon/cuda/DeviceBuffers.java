package dev.tryon.cuda;

/**
 * Device memory for what one call reads and writes, used again by the next. Bounded; a device that has no more of it refuses
 * as it would refuse an allocation. Thread-safe.
 */
final class DeviceBuffers implements AutoCloseable {
    private final SizedPool<Long> pool;

    DeviceBuffers(Driver.Context context, long mostBytes) {
        this.pool = new SizedPool<>(context::allocate, context::free, mostBytes);
    }

    /** Lends memory of at least so many bytes, by its address; to be given back when no kernel uses it any more. */
    SizedPool.Loan<Long> lend(int bytes) {
        return pool.lend(bytes)
                .orElseThrow(() -> new CudaFailure("the platform's kernels use too much device memory at a time"));
    }

    /** Returns how many buffers are lent now. */
    long lent() {
        return pool.lent();
    }

    @Override
    public void close() {
        pool.close();
    }
}
