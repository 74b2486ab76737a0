package dev.tryon.server;

import dev.tryon.spi.MaterialFacts;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.TreeMap;

/** What is known of a material, as catalogues tell it. */
final class MaterialJson {
    private static final double STEPS = 10_000;

    private MaterialJson() {}

    /**
     * Returns it.
     *
     * @param version of its files
     * @param sizes that its maps are to be had in
     * @param address that its files lie below
     */
    static JsonObject of(MaterialFacts facts, String version, Collection<Integer> sizes, String address) {
        var json = Json.createObjectBuilder()
                .add("version", version)
                .add("class", facts.kind())
                .add("sizes", Json.createArrayBuilder(sizes));
        facts.size().ifPresent(size -> json.add("widthMillimetres", rounded(size.widthMillimetres()))
                .add("heightMillimetres", rounded(size.heightMillimetres())));
        json.add("relief", rounded(facts.relief()))
                .add("roughness", rounded(facts.roughness()))
                .add("metalness", rounded(facts.metalness()));
        facts.sheen().ifPresent(sheen -> json.add("sheenColor", sheen.color().hex())
                .add("sheenRoughness", rounded(sheen.roughness())));
        var maps = Json.createObjectBuilder();
        new TreeMap<>(facts.maps()).forEach(maps::add);
        return json.add("maps", maps).add("address", address).build();
    }

    private static double rounded(double value) {
        return Math.round(value * STEPS) / STEPS;
    }
}
