package dev.tryon.testkit;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.MaterialEngine;
import dev.tryon.testkit.ClothReference.Body;
import dev.tryon.testkit.ClothReference.Coin;
import dev.tryon.testkit.ClothReference.Marks;
import dev.tryon.testkit.ClothReference.Metals;
import dev.tryon.testkit.ClothReference.Ruler;
import dev.tryon.testkit.ClothReference.Where;
import java.util.List;
import java.util.function.Consumer;

/**
 * Photographs of an engine's materials, each with a coin or a ruler, taken in turn from a fixed list.
 *
 * <p>The same numbers give the same photographs.
 *
 * @param engine started
 * @param studio that takes the photographs
 * @param count of photographs
 */
public record ScaleCases(MaterialEngine engine, ClothStudio studio, int count) {
    private static final int MAP_SIZE = 512;
    private static final long FIRST_SEED = 7000;
    private static final List<Thing> THINGS = List.of(
            new Thing("1-euro", new Coin(23.25, 2.33, Metals.SILVER_IN_GOLD, Where.BESIDE)),
            new Thing("ruler", new Ruler(Marks.MILLIMETRES, Body.WHITE)),
            new Thing("2-euro", new Coin(25.75, 2.2, Metals.GOLD_IN_SILVER, Where.BESIDE)),
            new Thing("ruler", new Ruler(Marks.MILLIMETRES, Body.STEEL)),
            new Thing("us-quarter", new Coin(24.26, 1.75, Metals.SILVER, Where.ON_CLOTH)),
            new Thing("ruler", new Ruler(Marks.INCHES, Body.WOOD)),
            new Thing("us-penny", new Coin(19.05, 1.52, Metals.COPPER, Where.BESIDE)),
            new Thing("ruler", new Ruler(Marks.MILLIMETRES, Body.YELLOW)));

    /**
     * One photograph, of which everything is known.
     *
     * @param item the material's catalogue item
     * @param reference the name by which a scan is told what lies there
     * @param thing that lies there
     */
    public record Case(CatalogItem item, String reference, ClothReference thing, ClothPhotograph photograph) {}

    /** Takes one photograph after another and shows it. */
    public void forEach(Consumer<Case> viewer) {
        var items = engine.info().catalog();
        for (var number = 0; number < count; number++) {
            // Seven steps on each time, so that every material meets every thing.
            var item = items.get(7 * number % items.size());
            var thing = THINGS.get((number + number / THINGS.size()) % THINGS.size());
            try (var material = engine.material(item.id(), MAP_SIZE)
                    .orElseThrow(() -> new IllegalStateException("the engine makes no " + item.id()))) {
                var maps = ClothMaps.of(material);
                var photograph = studio.photograph(maps, FIRST_SEED + number, thing.reference);
                viewer.accept(new Case(item, thing.name, thing.reference, photograph));
            }
        }
    }

    private record Thing(String name, ClothReference reference) {}
}
