package dev.tryon.cuda;

import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_GLOBAL_MEMORY_BUS_WIDTH;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MEMORY_CLOCK_RATE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jcuda.CudaException;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;

/** The driver through JCuda: arguments put in order, errors turned into exceptions, nothing else. */
final class JcudaDriver implements Driver {
    private static final int LONGEST_NAME = 256;

    private JcudaDriver() {}

    /**
     * Loads and initialises the driver.
     *
     * @throws LinkageError if JCuda's natives or the driver's library are not there
     * @throws CudaFailure if the driver finds no device or is of no use
     */
    static JcudaDriver load() {
        JCudaDriver.setExceptionsEnabled(true);
        return told(() -> {
            JCudaDriver.cuInit(0);
            return new JcudaDriver();
        });
    }

    @Override
    public int deviceCount() {
        return told(() -> {
            var count = new int[1];
            JCudaDriver.cuDeviceGetCount(count);
            return count[0];
        });
    }

    @Override
    public CudaDevice describe(int index) {
        return told(() -> {
            var device = device(index);
            var name = new byte[LONGEST_NAME];
            JCudaDriver.cuDeviceGetName(name, name.length, device);
            var total = new long[1];
            JCudaDriver.cuDeviceTotalMem(total, device);
            return new CudaDevice(
                    index,
                    text(name),
                    attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR),
                    attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR),
                    total[0],
                    bandwidth(device));
        });
    }

    @Override
    public Driver.Context retain(int index) {
        return told(() -> {
            var device = device(index);
            var context = new CUcontext();
            JCudaDriver.cuDevicePrimaryCtxRetain(context, device);
            return new Context(device, context);
        });
    }

    private static CUdevice device(int index) {
        var device = new CUdevice();
        JCudaDriver.cuDeviceGet(device, index);
        return device;
    }

    /** Twice the clock (memory sends on both edges) times the width of the bus; newer drivers may not tell the clock. */
    private static long bandwidth(CUdevice device) {
        return 2L
                * attribute(device, CU_DEVICE_ATTRIBUTE_MEMORY_CLOCK_RATE)
                * 1000
                * (attribute(device, CU_DEVICE_ATTRIBUTE_GLOBAL_MEMORY_BUS_WIDTH) / 8);
    }

    private static int attribute(CUdevice device, int attribute) {
        var value = new int[1];
        JCudaDriver.cuDeviceGetAttribute(value, attribute, device);
        return value[0];
    }

    private static String text(byte[] terminated) {
        var length = 0;
        while (length < terminated.length && terminated[length] != 0) {
            length++;
        }
        return new String(terminated, 0, length, StandardCharsets.UTF_8);
    }

    private static <T> T told(Supplier<T> calls) {
        try {
            return calls.get();
        } catch (CudaException refused) {
            throw new CudaFailure("the CUDA driver refused: " + refused.getMessage(), refused);
        }
    }

    private record LoadedKernel(CUfunction function) implements Driver.Kernel {}

    /** Calls made with the context current on the calling thread, and whatever was current before put back after. */
    private static final class Context implements Driver.Context {
        /** The legacy default stream: PyTorch's own unless it is told otherwise. */
        private static final CUstream DEFAULT_STREAM = new CUstream();

        private final CUdevice device;
        private final CUcontext context;
        private final CUstream stream = new CUstream();
        private final List<CUmodule> modules = new ArrayList<>();

        Context(CUdevice device, CUcontext context) {
            this.device = device;
            this.context = context;
            // Non-blocking: it does not wait for the default stream, nor that for it.
            within(() -> JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING));
        }

        private <T> T within(Supplier<T> calls) {
            return told(() -> {
                JCudaDriver.cuCtxPushCurrent(context);
                try {
                    return calls.get();
                } finally {
                    JCudaDriver.cuCtxPopCurrent(new CUcontext());
                }
            });
        }

        @Override
        public long freeBytes() {
            return within(() -> {
                var free = new long[1];
                JCudaDriver.cuMemGetInfo(free, new long[1]);
                return free[0];
            });
        }

        @Override
        public long allocate(long bytes) {
            return within(() -> {
                var address = new CUdeviceptr();
                JCudaDriver.cuMemAlloc(address, bytes);
                return Address.of(address);
            });
        }

        @Override
        public void free(long address) {
            within(() -> JCudaDriver.cuMemFree(new Address(address)));
        }

        @Override
        public HostMemory allocateHost(int bytes) {
            return within(() -> {
                var pointer = new Pointer();
                JCudaDriver.cuMemAllocHost(pointer, bytes);
                var buffer = pointer.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
                return new HostMemory(buffer, () -> within(() -> JCudaDriver.cuMemFreeHost(pointer)));
            });
        }

        @Override
        public void upload(long to, ByteBuffer from, int bytes) {
            within(() ->
                    JCudaDriver.cuMemcpyHtoDAsync(new Address(to), Pointer.to(from.slice(0, bytes)), bytes, stream));
        }

        @Override
        public void download(ByteBuffer to, long from, int bytes) {
            within(() ->
                    JCudaDriver.cuMemcpyDtoHAsync(Pointer.to(to.slice(0, bytes)), new Address(from), bytes, stream));
        }

        @Override
        public void copy(long to, long from, long bytes) {
            within(() -> JCudaDriver.cuMemcpyDtoDAsync(new Address(to), new Address(from), bytes, DEFAULT_STREAM));
        }

        @Override
        public Driver.Kernel load(String ptx, String name) {
            return within(() -> {
                var module = new CUmodule();
                JCudaDriver.cuModuleLoadData(module, ptx);
                synchronized (modules) {
                    modules.add(module);
                }
                var function = new CUfunction();
                JCudaDriver.cuModuleGetFunction(function, module, name);
                return new LoadedKernel(function);
            });
        }

        @Override
        public void launch(Driver.Kernel kernel, Grid grid, long... parameters) {
            var function = ((LoadedKernel) kernel).function();
            var pointers = new Pointer[parameters.length];
            for (var index = 0; index < parameters.length; index++) {
                pointers[index] = Pointer.to(new long[] {parameters[index]});
            }
            within(() -> JCudaDriver.cuLaunchKernel(
                    function,
                    grid.blocksX(),
                    grid.blocksY(),
                    grid.blocksZ(),
                    grid.threadsX(),
                    grid.threadsY(),
                    1,
                    0,
                    stream,
                    Pointer.to(pointers),
                    new Pointer()));
        }

        @Override
        public long time(Runnable starting) {
            return within(() -> {
                var begin = new CUevent();
                var end = new CUevent();
                JCudaDriver.cuEventCreate(begin, CUevent_flags.CU_EVENT_DEFAULT);
                JCudaDriver.cuEventCreate(end, CUevent_flags.CU_EVENT_DEFAULT);
                try {
                    JCudaDriver.cuEventRecord(begin, stream);
                    starting.run();
                    JCudaDriver.cuEventRecord(end, stream);
                    JCudaDriver.cuEventSynchronize(end);
                    var millis = new float[1];
                    JCudaDriver.cuEventElapsedTime(millis, begin, end);
                    return Math.round(1e6 * millis[0]);
                } finally {
                    JCudaDriver.cuEventDestroy(begin);
                    JCudaDriver.cuEventDestroy(end);
                }
            });
        }

        @Override
        public void await() {
            within(() -> JCudaDriver.cuStreamSynchronize(stream));
        }

        @Override
        public void close() {
            within(() -> {
                synchronized (modules) {
                    modules.forEach(JCudaDriver::cuModuleUnload);
                    modules.clear();
                }
                return JCudaDriver.cuStreamDestroy(stream);
            });
            told(() -> JCudaDriver.cuDevicePrimaryCtxRelease(device));
        }
    }

    /** A device address as JCuda wants it, and back: it keeps the number to itself but for subclasses. */
    private static final class Address extends CUdeviceptr {
        Address(long address) {
            super(new CUdeviceptr(), address);
        }

        private Address(CUdeviceptr other) {
            super(other);
        }

        static long of(CUdeviceptr pointer) {
            return new Address(pointer).getNativePointer();
        }
    }
}
