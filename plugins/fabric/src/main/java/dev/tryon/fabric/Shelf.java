package dev.tryon.fabric;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.Rgb;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
     * @throws IllegalArgumentException if the size is none of {@link #SIZES}
     */
    static Optional<Material> material(String itemId, int size) {
        if (!SIZES.contains(size)) {
            throw new IllegalArgumentException("materials are made in " + SIZES + ", not in " + size);
        }
        return Swatch.ALL.stream()
                .filter(swatch -> swatch.id().equals(itemId))
                .findFirst()
                .map(swatch -> swatch.make(size));
    }

    private static CatalogItem item(Swatch swatch) {
        var word = swatch.kind().word();
        var category = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        return new CatalogItem(swatch.id(), swatch.title(), category, swatch.tags(), colors(swatch.id()), Map.of());
    }

    /** The colours that a cloth is seen to have, the main one first. */
    private static List<Rgb> colors(String id) {
        var colors =
                switch (id) {
                    case "cotton-twill" -> Stream.of("#998765");
                    case "linen-plain" -> Stream.of("#bdae91");
                    case "denim" -> Stream.of("#5c6272", "#b9b4a8");
                    case "jersey-knit" -> Stream.of("#783136");
                    case "rib-knit" -> Stream.of("#4e5f54");
                    case "silk-satin" -> Stream.of("#2d6b5f");
                    case "velvet" -> Stream.of("#521339");
                    case "leather" -> Stream.of("#53331f");
                    case "lace" -> Stream.of("#d8d1c6");
                    case "tartan" -> Stream.of("#4d4e52", "#2f4a3c", "#5d4a6e");
                    case "herringbone" -> Stream.of("#8d8272", "#5c5349", "#b9ab93");
                    case "houndstooth" -> Stream.of("#a09a8e", "#1d1c1e", "#e4dcca");
                    default -> throw new IllegalStateException("no colours are told for " + id);
                };
        return colors.map(Rgb::parse).toList();
    }
}
