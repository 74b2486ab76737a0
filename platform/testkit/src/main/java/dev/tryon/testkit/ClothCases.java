package dev.tryon.testkit;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.MaterialEngine;
import java.util.List;
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
 * @param each photographs of each material
 */
public record ClothCases(MaterialEngine engine, ClothStudio studio, int size, int each) {
    /**
     * One photograph, of which everything is known.
     *
     * @param item the material's catalogue item
     * @param maps the material's true maps, as the renderer saw them
     * @param number of the photograph among those of this material, from 0
     */
    public record Case(CatalogItem item, ClothMaps maps, int number, ClothPhotograph photograph) {}

    /** Takes one photograph after another and shows it; a material's maps are made once. */
    public void forEach(Consumer<Case> viewer) {
        List<CatalogItem> items = engine.info().catalog();
        for (var at = 0; at < items.size(); at++) {
            var item = items.get(at);
            var first = (long) at * each;
            try (var material = engine.material(item.id(), size)
                    .orElseThrow(() -> new IllegalStateException("the engine makes no " + item.id()))) {
                var maps = ClothMaps.of(material);
                IntStream.range(0, each)
                        .mapToObj(number -> new Case(item, maps, number, studio.photograph(maps, first + number)))
                        .forEach(viewer);
            }
        }
    }
}
