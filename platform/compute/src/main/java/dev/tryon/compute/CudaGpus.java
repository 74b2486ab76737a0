package dev.tryon.compute;

import dev.tryon.cuda.CudaDevice;
import dev.tryon.cuda.CudaDriver;
import dev.tryon.cuda.OpenDevice;
import dev.tryon.cuda.PinnedBuffers;
import java.nio.ByteBuffer;
import java.util.Optional;

/** NVIDIA's devices, as their driver tells of them. */
record CudaGpus(CudaDriver driver) implements Gpus {
    @Override
    public int count() {
        return driver.devices().size();
    }

    @Override
    public Optional<String> absence() {
        return driver.absence();
    }

    @Override
    public Gpu open(int index) {
        var device = driver.devices().get(index);
        return new Opened(device, driver.open(device));
    }

    private record Opened(CudaDevice device, OpenDevice opened) implements Gpu {
        @Override
        public String name() {
            return device.name();
        }

        @Override
        public DeviceInfo.Memory memory() {
            return new DeviceInfo.Memory(device.totalBytes(), Math.min(device.totalBytes(), opened.freeBytes()));
        }

        @Override
        public Device.Staging pinned(int bytes) {
            return new Pinned(opened.pinned().lend(bytes));
        }

        @Override
        public void close() {
            opened.close();
        }
    }

    private record Pinned(PinnedBuffers.Loan loan) implements Device.Staging {
        @Override
        public ByteBuffer bytes() {
            return loan.bytes();
        }

        @Override
        public void close() {
            loan.close();
        }
    }
}
