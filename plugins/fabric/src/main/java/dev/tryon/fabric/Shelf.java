package dev.tryon.fabric;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.MaterialFacts;
import dev.tryon.spi.MaterialFacts.TileSize;
import dev.tryon.spi.Rgb;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The cloths that are always in the catalogue. */
final class Shelf {
    /** Sizes that maps are made in, in texels each way. */
    static final List<Integer> SIZES = List.of(512, 1024, 2048);

    /** All items, in the order to be shown. */
    static final List<CatalogItem> ITEMS = Swatch.ALL.stream().map(Shelf::item).toList();

    /** What files say they were made at: a cloth of our own is as old as its pattern. */
    static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

    private Shelf() {}

    /**
     * Makes the material of an item.
     *
     * @param steps some hundred are done
     * @throws IllegalArgumentException if the size is none of {@link #SIZES}
     */
    static Optional<Material> material(String itemId, int size, Steps steps) {
        if (!SIZES.contains(size)) {
            throw new IllegalArgumentException("materials are made in " + SIZES + ", not in " + size);
        }
        return swatch(itemId).map(swatch -> swatch.make(size, steps));
    }

    /** Returns what is known of an item, as its maps of 1024 would tell. */
    static Optional<MaterialFacts> facts(String itemId) {
        return swatch(itemId).map(swatch -> {
            var told = told(itemId);
            return new MaterialFacts(
                    swatch.kind().word(),
                    Optional.of(new TileSize(swatch.millimetres(), swatch.millimetres())),
                    told.relief(),
                    told.roughness(),
                    0,
                    swatch.sheen(),
                    swatch.kind() == FabricClass.LACE ? MapFiles.NAMES_WITH_HOLES : MapFiles.NAMES);
        });
    }

    private static Optional<Swatch> swatch(String itemId) {
        return Swatch.ALL.stream().filter(swatch -> swatch.id().equals(itemId)).findFirst();
    }

    private static CatalogItem item(Swatch swatch) {
        var word = swatch.kind().word();
        var category = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        return new CatalogItem(
                swatch.id(),
                swatch.title(),
                category,
                swatch.tags(),
                told(swatch.id()).colors().stream().map(Rgb::parse).toList(),
                Map.of());
    }

    /**
     * What is seen once a cloth is made, told before it is.
     *
     * @param relief of the material
     * @param roughness mean of its map
     * @param colors the main one first
     */
    private record Told(double relief, double roughness, List<String> colors) {}

    private static Told told(String id) {
        return switch (id) {
            case "cotton-twill" -> new Told(0.0235, 0.771, List.of("#998765"));
            case "linen-plain" -> new Told(0.0328, 0.71, List.of("#bdae91"));
            case "denim" -> new Told(0.021, 0.773, List.of("#5c6272", "#b9b4a8"));
            case "jersey-knit" -> new Told(0.0283, 0.823, List.of("#783136"));
            case "rib-knit" -> new Told(0.055, 0.829, List.of("#4e5f54"));
            case "silk-satin" -> new Told(0.0011, 0.381, List.of("#2d6b5f"));
            case "velvet" -> new Told(0.0046, 0.851, List.of("#521339"));
            case "leather" -> new Told(0.0048, 0.492, List.of("#53331f"));
            case "lace" -> new Told(0.0208, 0.921, List.of("#d8d1c6"));
            case "tartan" -> new Told(0.0069, 0.83, List.of("#4d4e52", "#2f4a3c", "#5d4a6e"));
            case "herringbone" -> new Told(0.0204, 0.83, List.of("#8d8272", "#5c5349", "#b9ab93"));
            case "houndstooth" -> new Told(0.0174, 0.83, List.of("#a09a8e", "#1d1c1e", "#e4dcca"));
            default -> throw new IllegalStateException("nothing is told of " + id);
        };
    }
}
