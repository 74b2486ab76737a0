package dev.tryon.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * A driver of the tests' own making, with one device that runs the kernels' PTX text.
 *
 * <p>As late as a device may be, this one is: what is started happens at {@code await}, so that whoever touches a buffer too
 * early, or gives it back too early, is found out. It counts what it hands out.
 */
final class EmulatedDriver implements Driver {
    /** Something that the driver can be told to refuse. */
    enum Refusal {
        RETAIN,
        ALLOCATE,
        ALLOCATE_HOST,
        LOAD,
        LAUNCH
    }

    final DeviceMemory memory = new DeviceMemory();
    final Set<Refusal> refusals = EnumSet.noneOf(Refusal.class);
    final List<Integer> uploads = new ArrayList<>();
    int launches;
    int hostBuffers;
    int contexts;

    @Override
    public int deviceCount() {
        return 1;
    }

    @Override
    public CudaDevice describe(int device) {
        return new CudaDevice(device, "Emulated", 7, 0, 1L << 30, 1_000_000_000);
    }

    @Override
    public Driver.Context retain(int device) {
        check(Refusal.RETAIN);
        contexts++;
        return new Context();
    }

    private void check(Refusal what) {
        if (refusals.contains(what)) {
            throw new CudaFailure("the CUDA driver refused: " + what, new IllegalStateException());
        }
    }

    private record Program(PtxMachine machine) implements Kernel {}

    private final class Context implements Driver.Context {
        private final Queue<Runnable> stream = new ArrayDeque<>();

        @Override
        public long freeBytes() {
            return 1L << 29;
        }

        @Override
        public long allocate(long bytes) {
            check(Refusal.ALLOCATE);
            return memory.allocate(bytes);
        }

        @Override
        public void free(long address) {
            await();
            memory.free(address);
        }

        @Override
        public HostMemory allocateHost(int bytes) {
            check(Refusal.ALLOCATE_HOST);
            hostBuffers++;
            return new HostMemory(ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()), () -> hostBuffers--);
        }

        @Override
        public synchronized void upload(long to, ByteBuffer from, int bytes) {
            uploads.add(bytes);
            stream.add(() -> memory.write(to, from, bytes));
        }

        @Override
        public synchronized void download(ByteBuffer to, long from, int bytes) {
            stream.add(() -> memory.read(to, from, bytes));
        }

        @Override
        public void copy(long to, long from, long bytes) {
            // Another stream, which waits for nothing here: at once.
            var buffer = ByteBuffer.allocate(Math.toIntExact(bytes));
            memory.read(buffer, from, buffer.capacity());
            memory.write(to, buffer, buffer.capacity());
        }

        @Override
        public Kernel load(String ptx, String name) {
            check(Refusal.LOAD);
            return new Program(new PtxMachine(ptx, name, memory));
        }

        @Override
        public synchronized void launch(Kernel kernel, Grid grid, long... parameters) {
            check(Refusal.LAUNCH);
            launches++;
            stream.add(() -> ((Program) kernel).machine().run(grid, parameters));
        }

        @Override
        public long time(Runnable starting) {
            starting.run();
            await();
            return 1000;
        }

        @Override
        public synchronized void await() {
            while (!stream.isEmpty()) {
                stream.remove().run();
            }
        }

        @Override
        public void close() {
            await();
            contexts--;
        }
    }
}
