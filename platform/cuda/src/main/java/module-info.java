/**
 * NVIDIA devices through the driver's own interface: which there are, how much memory they have, and the platform's kernels
 * that run on them, each with a twin on the CPU that is held to the same results.
 *
 * <p>Used by {@code dev.tryon.compute} alone. Without a driver there is no device, which is said once and is no failure.
 * It starts no threads; its types are thread-safe. Natives: JCuda's, of which {@code java.library.path} must name the folder;
 * the process needs native access for {@code jcuda}.
 */
module dev.tryon.cuda {
    requires transitive dev.tryon.spi;
    requires dev.tryon.vision;
    requires jcuda;
    requires static org.jspecify; // null annotations, read by the compiler alone
    requires org.slf4j;

    exports dev.tryon.cuda;
}
