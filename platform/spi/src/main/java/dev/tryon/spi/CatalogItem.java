package dev.tryon.spi;

import java.util.List;
import java.util.Map;

/**
 * A look that is ready to wear: a nail design, a hair shade, a garment.
 *
 * @param id unique within the engine, lower-case with hyphens
 * @param title for people
 * @param category what it is shown under
 * @param tags words it is found by
 * @param swatch one to three colours to draw its swatch with, first the main one
 * @param options the values it sets; options it does not name keep their defaults
 */
public record CatalogItem(
        String id,
        String title,
        String category,
        List<String> tags,
        List<Rgb> swatch,
        Map<String, OptionValue> options) {

    /** Copies the collections and checks that there is a colour to show. */
    public CatalogItem {
        tags = List.copyOf(tags);
        swatch = List.copyOf(swatch);
        options = Map.copyOf(options);
        if (swatch.isEmpty() || swatch.size() > 3) {
            throw new IllegalArgumentException("a swatch has one to three colours: " + id);
        }
    }
}
