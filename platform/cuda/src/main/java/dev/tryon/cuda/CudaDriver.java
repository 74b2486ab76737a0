package dev.tryon.cuda;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The NVIDIA driver of this machine, or the reason why there is none to use.
 *
 * <p>It is asked once, when this is opened; the answer is logged and kept. A machine without a driver, without a device, or
 * without JCuda's natives is no failure: {@link #absence} says why and {@link #devices} is empty. Thread-safe.
 */
public final class CudaDriver {
    private static final Logger LOG = LoggerFactory.getLogger(CudaDriver.class);

    private final Optional<Driver> driver;
    private final List<CudaDevice> devices;
    private final Optional<String> absence;

    private CudaDriver(Optional<Driver> driver, List<CudaDevice> devices, Optional<String> absence) {
        this.driver = driver;
        this.devices = devices;
        this.absence = absence;
    }

    /** Looks for the driver and its devices. */
    public static CudaDriver open() {
        var found = over(JcudaDriver::load);
        found.devices()
                .forEach(device -> LOG.info(
                        "device gpu({}): {}, compute capability {}, {} MiB",
                        device.index(),
                        device.name(),
                        device.computeCapability(),
                        device.totalBytes() >> 20));
        found.absence().ifPresent(reason -> LOG.info("no NVIDIA device is used: {}", reason));
        return found;
    }

    /** Looks for devices through a driver that is loaded here. */
    static CudaDriver over(Supplier<? extends Driver> load) {
        try {
            var driver = load.get();
            var devices = IntStream.range(0, driver.deviceCount())
                    .mapToObj(driver::describe)
                    .toList();
            return devices.isEmpty()
                    ? absent("the driver knows no device")
                    : new CudaDriver(Optional.of(driver), devices, Optional.empty());
        } catch (LinkageError missing) {
            return absent(reason(missing));
        } catch (CudaFailure refused) {
            return absent(String.valueOf(refused.getMessage()));
        }
    }

    private static CudaDriver absent(String reason) {
        return new CudaDriver(Optional.empty(), List.of(), Optional.of(reason));
    }

    /** JCuda tells of a missing library in a page of stack traces, of which one line says which. */
    private static String reason(LinkageError missing) {
        var text = String.valueOf(missing.getMessage());
        if (text.contains("libcuda.so")) {
            return "the driver's library, libcuda.so.1, is not on this machine";
        }
        if (text.contains("undefined symbol")) {
            return "the driver is older than JCuda needs";
        }
        return text.contains("java.library.path") || text.contains("native library")
                ? "JCuda's native library is not on java.library.path"
                : "JCuda does not load";
    }

    /** Returns the devices, by index. */
    public List<CudaDevice> devices() {
        return devices;
    }

    /** Returns why there are no devices, in words for an operator, if there are none. */
    public Optional<String> absence() {
        return absence;
    }

    /**
     * Opens a device: retains its primary context, which it shares with PyTorch.
     *
     * @param device one of {@link #devices}
     * @return the open device, to be closed
     * @throws dev.tryon.spi.TryOnException with {@link dev.tryon.spi.ErrorCode#MODEL_ERROR} if the driver refuses
     */
    public OpenDevice open(CudaDevice device) {
        if (!devices.contains(device)) {
            throw new IllegalArgumentException("not a device of this driver: " + device);
        }
        return OpenDevice.of(device, driver.orElseThrow());
    }
}
