package dev.tryon.cuda;

import java.nio.ByteBuffer;

/**
 * What this module uses of the CUDA driver: the seam behind which tests put a device of their own making.
 *
 * <p>Device memory is named by its address. What a context starts happens in order, on a stream of its own beside PyTorch's,
 * but for {@link Context#copy}. Every method throws {@link CudaFailure} where the driver refuses. Thread-safe, as the driver
 * is.
 */
interface Driver {
    /** Returns how many devices there are. */
    int deviceCount();

    /** Describes a device. */
    CudaDevice describe(int device);

    /** Retains a device's primary context, which is the one that PyTorch uses: what either allocates, both can read. */
    Context retain(int device);

    /** A device's primary context; closing it unloads its kernels and releases it. */
    interface Context extends AutoCloseable {
        /** Returns the bytes of device memory that are free, whoever uses the rest. */
        long freeBytes();

        /** Allocates device memory and returns its address, a multiple of 256. */
        long allocate(long bytes);

        /** Frees device memory, once what was started on it is done. */
        void free(long address);

        /** Allocates page-locked memory of the host, which the device copies from and to by itself. */
        HostMemory allocateHost(int bytes);

        /** Starts to copy a direct buffer's first bytes to the device; the buffer is in use until {@link #await}. */
        void upload(long to, ByteBuffer from, int bytes);

        /** Starts to copy from the device to a direct buffer's start, which is filled after {@link #await}. */
        void download(ByteBuffer to, long from, int bytes);

        /**
         * Starts to copy within the device, on the driver's default stream: after everything that PyTorch was told to do
         * before, and before everything that it is told to do next.
         */
        void copy(long to, long from, long bytes);

        /** Loads PTX text and returns the kernel of this name in it. */
        Kernel load(String ptx, String name);

        /**
         * Starts a kernel.
         *
         * @param parameters in order, each of 8 bytes: an address or a number
         */
        void launch(Kernel kernel, Grid grid, long... parameters);

        /** Does what starts work on the own stream, waits for it, and returns the nanoseconds that the device was at it. */
        long time(Runnable starting);

        /** Waits until everything that was started on the own stream is done. */
        void await();

        @Override
        void close();
    }

    /** A kernel that is loaded, until its context closes. */
    interface Kernel {}

    /**
     * Page-locked memory of the host.
     *
     * @param bytes a direct buffer in native order
     * @param free to be run once, when nothing uses the memory
     */
    record HostMemory(ByteBuffer bytes, Runnable free) {}

    /** How many blocks along x, y and z, and how many threads a block along x and y. */
    record Grid(int blocksX, int blocksY, int blocksZ, int threadsX, int threadsY) {
        /** Returns blocks of 32 x 8 threads, enough for a thread a pixel of each item. */
        static Grid over(int width, int height, int items) {
            return new Grid(Math.ceilDiv(width, 32), Math.ceilDiv(height, 8), items, 32, 8);
        }
    }
}
