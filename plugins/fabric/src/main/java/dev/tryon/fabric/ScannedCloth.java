package dev.tryon.fabric;

import dev.tryon.spi.MaterialFacts.TileSize;
import java.util.Optional;
import java.util.Set;

/**
 * What came of a scan.
 *
 * @param maps that tile
 * @param swatch where the cloth is in the photo
 * @param tile which part of the photo the maps show
 * @param repeat how the cloth repeats, where it does
 * @param aspect the swatch's width by its height
 * @param size of the tile, where the swatch's was given
 * @param evenness of the light, 0..1
 * @param warnings what would make it better
 */
record ScannedCloth(
        ScannedMaps maps,
        PhotoSwatch swatch,
        Corners tile,
        Optional<Repeat> repeat,
        double aspect,
        Optional<TileSize> size,
        double evenness,
        Set<ScanWarning> warnings) {}
