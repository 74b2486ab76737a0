package dev.tryon.testkit;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.MaterialEngine;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Photographs of every material that an engine makes, each under cameras and lights of its own.
 *
 * <p>Seventeen of each of twelve materials are 204 cases. The same numbers give the same photographs.
 *
 * @param engine started
 * @param studio that takes the photographs
 * @param size of the maps in pixels
 * @param first number of the photographs of each material, from 0
 * @param each photographs of each material
 */
public record ClothCases(MaterialEngine engine, ClothStudio studio, int size, int first, int each) {
    /** Photographs of each material that are enough to tell how good a scan is. */
    public static final int EACH = 17;

    /**
     * One photograph, of which everything is known.
     *
     * @param item the material's catalogue item
     * @param maps the material's true maps, as the renderer saw them
     * @param number of the photograph among those of this material, from 0
     */
    public record Case(CatalogItem item, ClothMaps maps, int number, ClothPhotograph photograph) {}

    /**
     * Takes one photograph after another and shows it; a material's maps are made once.
     *
     * @param only the one material to photograph; all where it is empty
     */
    public void forEach(Optional<String> only, Consumer<Case> viewer) {
        List<CatalogItem> items = engine.info().catalog();
        for (var at = 0; at < items.size(); at++) {
            var item = items.get(at);
            if (only.isPresent() && !only.get().equals(item.id())) {
                continue;
            }
            var seed = (long) at * EACH;
            try (var material = engine.material(item.id(), size)
                    .orElseThrow(() -> new IllegalStateException("the engine makes no " + item.id()))) {
                var maps = ClothMaps.of(material);
                IntStream.range(first, first + each)
                        .mapToObj(number -> new Case(item, maps, number, studio.photograph(maps, seed + number)))
                        .forEach(viewer);
            }
        }
    }
}
