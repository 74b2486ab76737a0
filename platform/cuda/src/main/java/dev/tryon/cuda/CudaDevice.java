package dev.tryon.cuda;

/**
 * An NVIDIA device, as its driver describes it.
 *
 * @param index the driver's number of it, from 0; also DJL's {@code gpu(index)}
 * @param name of the product
 * @param major of the compute capability
 * @param minor of the compute capability
 * @param totalBytes of its memory
 * @param bandwidthBytesPerSecond of its memory, on paper; 0 if the driver does not tell
 */
public record CudaDevice(int index, String name, int major, int minor, long totalBytes, long bandwidthBytesPerSecond) {
    /** Checks that it is a device. */
    public CudaDevice {
        if (index < 0 || name.isBlank() || major < 1 || minor < 0 || totalBytes < 1 || bandwidthBytesPerSecond < 0) {
            throw new IllegalArgumentException("no device is " + name + " at " + index);
        }
    }

    /** Returns the compute capability as NVIDIA writes it, {@code 9.0}. */
    public String computeCapability() {
        return major + "." + minor;
    }
}
