package dev.tryon.fabric;

import dev.tryon.spi.EngineContext;
import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.MaterialEngine;
import dev.tryon.spi.MaterialFacts;
import dev.tryon.spi.Options;
import dev.tryon.spi.Progress;
import dev.tryon.spi.ScanEngine;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.Pixels;
import java.util.List;
import java.util.Optional;

/**
 * Photos of cloth become materials that tile; twelve of its own are always there.
 *
 * <p>Threads: as {@link ScanEngine} and {@link MaterialEngine} say; nothing is kept between calls.
 */
public final class FabricEngine implements ScanEngine, MaterialEngine {
    private static final EngineInfo INFO = new EngineInfo(
            "fabric",
            "Fabric",
            "0.1.0",
            ScanOrder.OPTIONS,
            Shelf.ITEMS,
            new EngineInfo.ResourceEstimate(256L << 20, 450));

    /** Of a material's making and encoding, about. */
    private static final int STEPS = 150;

    private volatile Optional<FrameCodec> codec = Optional.empty();

    /** Makes an engine that is yet to be started. */
    public FabricEngine() {}

    @Override
    public EngineInfo info() {
        return INFO;
    }

    @Override
    public void start(EngineContext context) {
        codec = Optional.of(new FrameCodec());
    }

    @Override
    public void selfTest() {
        DrawnSwatch.check();
    }

    @Override
    public void stop() {
        codec.ifPresent(FrameCodec::close);
        codec = Optional.empty();
    }

    @Override
    public Scan scan(Frame photo, Options options, Progress progress) {
        var order = ScanOrder.of(options);
        try (var scope = new MatScope()) {
            var cloth = PhotoScan.of(scope.keep(Pixels.mat(photo)), order, progress, scope);
            var properties = ScanProperties.of(cloth);
            return new Scan(ScanPictures.of(cloth.maps(), scope), properties);
        }
    }

    @Override
    public List<Integer> materialSizes() {
        return Shelf.SIZES;
    }

    @Override
    public Optional<MaterialFacts> facts(String itemId) {
        return Shelf.facts(itemId);
    }

    @Override
    public Optional<Scan> material(String itemId, int size) {
        return Shelf.material(itemId, size, Steps.unwatched()).map(Showing::of);
    }

    @Override
    public Optional<byte[]> archive(String itemId, int size, Progress progress) {
        var steps = new Steps(progress, STEPS);
        return Shelf.material(itemId, size, steps)
                .map(material -> MaterialZip.of(material, encoder(), Shelf.MADE, steps));
    }

    @Override
    public Archive archive(Scan scan, Order order, Progress progress) {
        var steps = new Steps(progress, STEPS);
        var material = Reading.of(scan, order.title()).with(order.finish());
        steps.next();
        return new Archive(
                material.facts(), material.maps().width(), MaterialZip.of(material, encoder(), order.made(), steps));
    }

    private FrameCodec encoder() {
        return codec.orElseThrow(() -> new TryOnException(
                ErrorCode.PROCESSING_FAILED,
                "The fabric engine is not ready.",
                "an archive was asked of a stopped engine"));
    }
}
