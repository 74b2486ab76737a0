package dev.tryon.fabric;

import dev.tryon.spi.MaterialFacts.TileSize;
import java.util.Optional;
import java.util.Set;

/**
 * What came of a scan.
 *
 * @param maps that tile
 * @param swatch where the cloth is in the photo
 * @param part of the swatch that was scanned, which nothing lies on
 * @param tile which part of the photo the maps show
 * @param repeat how the cloth repeats, where it does
 * @param aspect the swatch's width by its height
 * @param widthMillimetres of the swatch, where it is known
 * @param size of the tile, likewise
 * @param scaleConfidence that the coin or ruler is one, 0..1, where the size comes of it
 * @param evenness of the light, 0..1
 * @param warnings what would make it better
 */
record ScannedCloth(
        ScannedMaps maps,
        PhotoSwatch swatch,
        Corners part,
        Corners tile,
        Optional<Repeat> repeat,
        double aspect,
        Optional<Double> widthMillimetres,
        Optional<TileSize> size,
        Optional<Double> scaleConfidence,
        double evenness,
        Set<ScanWarning> warnings) {}
