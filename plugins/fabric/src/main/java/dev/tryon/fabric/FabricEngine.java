package dev.tryon.fabric;

import dev.tryon.spi.EngineContext;
import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Options;
import dev.tryon.spi.Progress;
import dev.tryon.spi.ScanEngine;
import dev.tryon.vision.Pixels;
import java.util.List;

/**
 * Photos of cloth become materials that tile.
 *
 * <p>Threads: as {@link ScanEngine} says; nothing is kept between scans.
 */
public final class FabricEngine implements ScanEngine {
    private static final EngineInfo INFO = new EngineInfo(
            "fabric",
            "Fabric",
            "0.1.0",
            ScanOrder.OPTIONS,
            List.of(),
            new EngineInfo.ResourceEstimate(256L << 20, 450));

    /** Makes an engine that is yet to be started. */
    public FabricEngine() {}

    @Override
    public EngineInfo info() {
        return INFO;
    }

    @Override
    public void start(EngineContext context) {
        Pixels.load();
    }

    @Override
    public Scan scan(Frame photo, Options options, Progress progress) {
        var order = ScanOrder.of(options);
        try (var scope = new MatScope()) {
            var cloth = PhotoScan.of(scope.keep(Pixels.mat(photo)), order, progress, scope);
            return new Scan(ScanPictures.of(cloth.maps(), scope), ScanProperties.of(cloth));
        }
    }
}
