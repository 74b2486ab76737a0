package dev.tryon.server;

import dev.tryon.spi.AnalysisEngine;
import dev.tryon.spi.CaptureEngine;
import dev.tryon.spi.LiveEngine;
import dev.tryon.spi.MaterialEngine;
import dev.tryon.spi.ScanEngine;
import dev.tryon.spi.TryOnEngine;
import java.util.ArrayList;
import java.util.List;

/** What an engine can do, told by the interfaces that it implements. */
enum Capability {
    /** Worn live. */
    LIVE,
    /** One picture at its best. */
    CAPTURE,
    /** Frame after frame of a film. */
    VIDEO,
    /** A photo becomes named pictures. */
    SCAN,
    /** A picture becomes facts. */
    ANALYZE,
    /** Catalogue items are materials, with files to be had. */
    MATERIAL;

    static List<Capability> of(TryOnEngine engine) {
        var capabilities = new ArrayList<Capability>();
        if (engine instanceof LiveEngine) {
            capabilities.add(LIVE);
        }
        if (engine instanceof CaptureEngine) {
            capabilities.add(CAPTURE);
        }
        if (engine instanceof LiveEngine || engine instanceof CaptureEngine) {
            capabilities.add(VIDEO);
        }
        if (engine instanceof ScanEngine) {
            capabilities.add(SCAN);
        }
        if (engine instanceof AnalysisEngine) {
            capabilities.add(ANALYZE);
        }
        if (engine instanceof MaterialEngine) {
            capabilities.add(MATERIAL);
        }
        return List.copyOf(capabilities);
    }
}
