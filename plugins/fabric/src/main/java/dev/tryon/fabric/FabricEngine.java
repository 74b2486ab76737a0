package dev.tryon.fabric;

import dev.tryon.spi.EngineContext;
import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.TryOnEngine;
import dev.tryon.vision.Pixels;
import java.util.List;

/** Photos of cloth become materials that tile. */
public final class FabricEngine implements TryOnEngine {
    private static final EngineInfo INFO = new EngineInfo(
            "fabric", "Fabric", "0.1.0", List.of(), List.of(), new EngineInfo.ResourceEstimate(64L << 20, 450));

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
}
