package dev.tryon.server;

import dev.tryon.server.ScannedMaterials.Wanted;
import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.MaterialEngine;
import dev.tryon.spi.MaterialEngine.Finish;
import dev.tryon.spi.Rgb;
import dev.tryon.store.Holdings;
import dev.tryon.store.Result;
import java.util.List;
import java.util.Optional;

/**
 * What an administrator wants to be in a catalogue: an item, and the scan that it is to show.
 *
 * @param words the item, black where its colours are the scan's
 * @param colors where its colours come from
 */
record CatalogOrder(CatalogItem words, Colors colors, Optional<Wanted> scan) {
    private static final String SCAN = "scan";
    private static final String RELIEF = "relief";
    private static final String ROUGHNESS = "roughness";
    private static final List<Rgb> BLACK = List.of(new Rgb(0, 0, 0));

    /** Where an item's colours come from. */
    enum Colors {
        /** The administrator names them. */
        GIVEN,
        /** The scan has them. */
        OF_THE_SCAN
    }

    /**
     * Reads the body of a request.
     *
     * @param results among which the administrator's own scans are
     * @param owner the administrator: nobody else's scan is found, for it may show more than cloth
     * @throws Refusal with everything that is wrong with it
     */
    static CatalogOrder read(JsonFields fields, LoadedEngine.Ready ready, Holdings<Result> results, String owner) {
        var scan = ready.engine() instanceof MaterialEngine
                ? scan(fields, ready, results, owner)
                : Optional.<Wanted>empty();
        var colors = fields.has(SCAN) && !fields.has(CatalogItemJson.SWATCH) ? Colors.OF_THE_SCAN : Colors.GIVEN;
        var words = CatalogItemJson.read(fields, ready.info(), colors == Colors.GIVEN ? List.of() : BLACK);
        fields.check();
        return new CatalogOrder(words.orElseThrow(), colors, scan);
    }

    private static Optional<Wanted> scan(
            JsonFields fields, LoadedEngine.Ready ready, Holdings<Result> results, String owner) {
        var id = fields.text(SCAN);
        var relief = fields.number(RELIEF, 0, Finish.MOST_RELIEF);
        var roughness = fields.number(ROUGHNESS, 0, Finish.MOST_ROUGHNESS);
        if (!fields.has(SCAN)) {
            for (var name : List.of(RELIEF, ROUGHNESS)) {
                if (fields.has(name)) {
                    fields.violate(name, "goes with scan");
                }
            }
        }
        var result = id.flatMap(Ids::parse)
                .flatMap(uuid -> results.find(uuid, owner))
                .filter(found ->
                        found.engine().equals(ready.id()) && found.kind().equals(Words.of(JobKind.SCAN)));
        if (id.isPresent() && result.isEmpty()) {
            fields.violate(SCAN, "is not the result of a scan of yours by this engine");
        }
        return result.map(found -> new Wanted(found, new Finish(relief.orElse(1.0), roughness.orElse(1.0))));
    }

    /** Returns the item. @param scanned the colours of what it shows */
    CatalogItem item(List<Rgb> scanned) {
        return switch (colors) {
            case GIVEN -> words;
            case OF_THE_SCAN ->
                new CatalogItem(words.id(), words.title(), words.category(), words.tags(), scanned, words.options());
        };
    }
}
