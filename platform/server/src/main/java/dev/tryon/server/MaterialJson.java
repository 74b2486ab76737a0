package dev.tryon.server;

import dev.tryon.spi.MaterialFacts;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** What is known of a material, as catalogues tell it, and as the store keeps it of scans. */
final class MaterialJson {
    private static final String VERSION = "version";
    private static final String SIZES = "sizes";
    private static final String MAPS = "maps";
    private static final String BASE_COLOR = "basecolor";
    private static final double STEPS = 10_000;

    private MaterialJson() {}

    /**
     * Returns it, but for the address.
     *
     * @param version of its files
     * @param sizes that its maps are to be had in
     */
    static JsonObject of(MaterialFacts facts, String version, Collection<Integer> sizes) {
        var json = Json.createObjectBuilder()
                .add(VERSION, version)
                .add("class", facts.kind())
                .add(SIZES, Json.createArrayBuilder(sizes));
        facts.size().ifPresent(size -> json.add("widthMillimetres", rounded(size.widthMillimetres()))
                .add("heightMillimetres", rounded(size.heightMillimetres())));
        json.add("relief", rounded(facts.relief()))
                .add("roughness", rounded(facts.roughness()))
                .add("metalness", rounded(facts.metalness()));
        facts.sheen().ifPresent(sheen -> json.add("sheenColor", sheen.color().hex())
                .add("sheenRoughness", rounded(sheen.roughness())));
        var maps = Json.createObjectBuilder();
        new TreeMap<>(facts.maps()).forEach(maps::add);
        return json.add(MAPS, maps).build();
    }

    /** Returns what a catalogue tells. @param address that its files lie below */
    static JsonObject at(JsonObject material, String address) {
        return Json.createObjectBuilder(material).add("address", address).build();
    }

    static String version(JsonObject material) {
        return material.getString(VERSION);
    }

    static List<Integer> sizes(JsonObject material) {
        return material.getJsonArray(SIZES).getValuesAs(JsonNumber::intValue);
    }

    /** Returns the name of the file that shows its colour. */
    static String colors(JsonObject material) {
        return material.getJsonObject(MAPS).getString(BASE_COLOR);
    }

    private static double rounded(double value) {
        return Math.round(value * STEPS) / STEPS;
    }
}
