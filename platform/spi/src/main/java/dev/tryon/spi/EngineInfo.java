package dev.tryon.spi;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Who an engine is and what it offers.
 *
 * @param id short and lower-case, as in addresses: {@code nails}
 * @param title for people
 * @param version of the engine
 * @param options what a look may choose, in the order to be shown
 * @param catalog looks that are ready to wear
 * @param estimate what it needs to run
 */
public record EngineInfo(
        String id,
        String title,
        String version,
        List<OptionSpec> options,
        List<CatalogItem> catalog,
        ResourceEstimate estimate) {

    /** Checks the id, that names and ids are given once, and that every catalogue item can be worn. */
    public EngineInfo {
        if (!id.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException("an engine's id is lower-case letters, digits and hyphens: " + id);
        }
        options = List.copyOf(options);
        catalog = List.copyOf(catalog);
        var names = new HashSet<String>();
        for (var option : options) {
            if (!names.add(option.name())) {
                throw new IllegalArgumentException("option given twice: " + option.name());
            }
        }
        var ids = new HashSet<String>();
        for (var item : catalog) {
            if (!ids.add(item.id())) {
                throw new IllegalArgumentException("catalogue item given twice: " + item.id());
            }
            var problems = Options.check(options, item.options());
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException("catalogue item " + item.id() + ": " + problems);
            }
        }
    }

    /** Returns the catalogue item with this id, if there is one. */
    public Optional<CatalogItem> item(String itemId) {
        return catalog.stream().filter(item -> item.id().equals(itemId)).findFirst();
    }

    /**
     * What an engine needs to run.
     *
     * @param memoryBytes main memory for its networks and tables
     * @param frameMillis a 640x480 frame's cost on one core, about
     */
    public record ResourceEstimate(long memoryBytes, double frameMillis) {}
}
