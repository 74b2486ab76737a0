/**
 * Cloth as materials that tile: read from a photo, woven from yarns, handed on in the formats of the trade.
 *
 * <p>Loaded by the platform as a provider of {@link dev.tryon.spi.TryOnEngine}; nothing is exported, because nobody
 * calls it but through that interface. A material is a set of maps of one size (base colour, height, normal, roughness,
 * occlusion, metalness, and opacity where there are holes), with the size of the cloth that they show.
 *
 * <p>It starts no threads and keeps no picture. Natives: OpenCV, through {@code dev.tryon.vision}.
 */
module dev.tryon.fabric {
    requires dev.tryon.spi;
    requires dev.tryon.vision;
    requires jakarta.json;
    requires java.xml;
    requires static org.jspecify; // null annotations, read by the compiler alone

    provides dev.tryon.spi.TryOnEngine with
            dev.tryon.fabric.FabricEngine;
}
