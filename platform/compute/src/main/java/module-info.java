/**
 * Networks on a device, and who is served next.
 *
 * <p>Used by the server alone; engines see it through {@link dev.tryon.spi.EngineContext}. Networks are TorchScript, run
 * by DJL's PyTorch engine. On the CPU each runs on its caller's thread with one intra-op thread: frames run side by side, a
 * frame does not spread. A GPU has one thread that joins what waits, see {@link dev.tryon.compute.Compute}. {@link
 * dev.tryon.compute.Scheduler} decides what the device does next; the pixel workers of {@link
 * dev.tryon.compute.DeviceScheduler} are platform threads, bounded by what the device does at a time. Needs native access for
 * {@code ai.djl.pytorch_engine}, whose natives come from the class path, what {@code dev.tryon.cuda} needs, and on a GPU for
 * itself, to ask PyTorch where a tensor lies.
 */
module dev.tryon.compute {
    requires ai.djl.api;
    requires ai.djl.pytorch_engine;
    requires dev.tryon.cuda;
    requires transitive dev.tryon.spi;
    requires dev.tryon.vision;
    requires jakarta.json;
    requires static org.jspecify; // null annotations, read by the compiler alone
    requires org.slf4j;

    exports dev.tryon.compute;
}
