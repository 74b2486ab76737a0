package dev.tryon.compute;

import dev.tryon.cuda.CudaDevice;
import dev.tryon.cuda.CudaDriver;
import dev.tryon.cuda.OpenDevice;
import dev.tryon.cuda.PinnedBuffers;
import dev.tryon.cuda.SampledCrops;
import dev.tryon.spi.Blender;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.Blending;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** NVIDIA's devices, as their driver tells of them. */
record CudaGpus(CudaDriver driver) implements Gpus {
    private static final Logger LOG = LoggerFactory.getLogger(CudaGpus.class);

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
        public Optional<Device.Placed> place(Inputs.Parts parts) {
            try {
                return opened.kernels()
                        .map(kernels -> new Sampled(
                                parts, kernels.sample(parts.frame(), parts.crops(), parts.width(), parts.height())));
            } catch (TryOnException refused) {
                // Short of memory, most likely; on the CPU the same comes out.
                LOG.debug("{} parts of a frame are sampled on the CPU: {}", parts.samples(), refused.getMessage());
                return Optional.empty();
            }
        }

        @Override
        public Blender blender() {
            return opened.kernels().<Blender>map(kernels -> kernels).orElse(Blending::mix);
        }

        @Override
        public void close() {
            opened.close();
        }
    }

    private record Sampled(Inputs.Parts parts, SampledCrops crops) implements Device.Placed {
        @Override
        public Inputs.OnDevice inputs() {
            var all = new Some(crops, 0, crops.count());
            return new Inputs.OnDevice(List.of(all), parts.width(), parts.height(), crops.count());
        }

        @Override
        public void close() {
            crops.close();
        }
    }

    private record Some(SampledCrops crops, int first, int samples) implements Inputs.OnDevice.Block {
        @Override
        public Some part(int from, int count) {
            return new Some(crops, first + from, count);
        }

        @Override
        public void copyTo(long address) {
            crops.copyTo(address, first, samples);
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
