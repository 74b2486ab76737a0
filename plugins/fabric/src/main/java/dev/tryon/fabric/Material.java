package dev.tryon.fabric;

import dev.tryon.spi.MaterialEngine.Finish;
import dev.tryon.spi.MaterialFacts;
import dev.tryon.spi.MaterialFacts.Sheen;
import dev.tryon.spi.MaterialFacts.TileSize;
import java.util.List;
import java.util.Optional;

/**
 * A piece of cloth that can be laid side by side with itself without end.
 *
 * @param id lower-case letters, digits and hyphens
 * @param title for people
 * @param kind what cloth it is
 * @param tags words it is found by
 * @param size of the cloth that the maps show, where it is known
 * @param relief how far height 1 lies above height 0, as a share of the tile's width
 * @param maps what it looks like
 * @param repeat how the pattern repeats within the tile, where that is known
 * @param sheen what its fibres scatter, where they do
 */
record Material(
        String id,
        String title,
        FabricClass kind,
        List<String> tags,
        Optional<TileSize> size,
        double relief,
        Maps maps,
        Optional<Lattice> repeat,
        Optional<Sheen> sheen) {
    private static final double NOMINAL_MILLIMETRES = 100;

    /** Copies the tags; checks the id and the relief. */
    Material {
        if (!id.matches("[a-z][a-z0-9-]{0,63}")) {
            throw new IllegalArgumentException("a material's id is lower-case letters, digits and hyphens: " + id);
        }
        if (!(relief >= 0 && relief <= 1)) {
            throw new IllegalArgumentException("a relief is a share of the tile's width, 0 to 1, not " + relief);
        }
        tags = List.copyOf(tags);
    }

    /** Returns the size of a tile for formats that must have one: 100 mm each way where it is not known. */
    TileSize nominalSize() {
        return size.orElse(new TileSize(NOMINAL_MILLIMETRES, NOMINAL_MILLIMETRES));
    }

    /** Returns what is known of it besides its maps. */
    MaterialFacts facts() {
        return new MaterialFacts(
                kind.word(),
                size,
                relief,
                maps.roughness().mean(),
                maps.metalness().mean(),
                sheen,
                maps.opacity().isPresent() ? MapFiles.NAMES_WITH_HOLES : MapFiles.NAMES);
    }

    /** Returns the same cloth with another surface. Its relief stays a share of the tile's width, 1 at most. */
    Material with(Finish finish) {
        return new Material(
                id, title, kind, tags, size, Math.min(1, relief * finish.relief()), maps.with(finish), repeat, sheen);
    }
}
