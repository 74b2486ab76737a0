package dev.tryon.testkit;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.imgcodecs.Imgcodecs;

/** Photographs of cloth whose corners, and whose maps, are known: {@code data/fabric} of what is shared. */
final class ClothSet {
    private final Path folder;
    private final JsonObject materials;

    ClothSet(Path folder) {
        this.folder = folder;
        this.materials = read(folder.resolve("materials.json")).asJsonObject();
    }

    /** A photograph. @param corners clockwise from the top left, in pixels */
    record Photo(Path file, String material, List<Point> corners) {}

    /**
     * Maps that are known.
     *
     * @param file of the base colour
     * @param base {@code CV_8UC3}, BGR
     * @param normal {@code CV_8UC3}, BGR: z, y up, x
     * @param roughness mean, 0..1
     * @param kind the class that a person would name
     */
    record Truth(Path file, Mat base, Mat normal, double roughness, String kind) {}

    /** Returns the photographs in the order of the list. */
    List<Photo> photos() {
        return read(folder.resolve("photos.json")).asJsonArray().stream()
                .map(value -> photo(value.asJsonObject()))
                .toList();
    }

    /** Returns the names of all materials. */
    List<String> names() {
        return List.copyOf(materials.keySet());
    }

    /** Returns a material's maps. */
    Truth truth(String name) {
        var material = materials.getJsonObject(name);
        var normal = picture(material.getString("normal"));
        if (material.getString("normalGreen").equals("DirectX")) {
            var green = new Mat();
            Core.extractChannel(normal, green, 1);
            Core.bitwise_not(green, green);
            Core.insertChannel(green, normal, 1);
            green.release();
        }
        // Red, green and blue of an "arm" are occlusion, roughness and metalness.
        var rough = Optional.ofNullable(material.getString("rough", null)).orElseGet(() -> material.getString("arm"));
        var roughness = picture(rough);
        var mean = Core.mean(roughness).val[1] / 255;
        roughness.release();
        var file = folder.resolve(material.getString("base"));
        return new Truth(file, picture(material.getString("base")), normal, mean, kind(name));
    }

    private static String kind(String name) {
        return switch (name) {
            case "knitted" -> "knit";
            case "leather" -> "leather";
            default -> "woven";
        };
    }

    private Photo photo(JsonObject json) {
        return new Photo(
                folder.resolve(json.getString("file")),
                json.getString("material"),
                json.getJsonArray("corners_tl_tr_br_bl").getValuesAs(JsonArray.class).stream()
                        .map(corner -> new Point(
                                corner.getJsonNumber(0).doubleValue(),
                                corner.getJsonNumber(1).doubleValue()))
                        .toList());
    }

    private Mat picture(String name) {
        var picture = Imgcodecs.imread(folder.resolve(name).toString());
        if (picture.empty()) {
            throw new IllegalStateException("cannot read " + name);
        }
        return picture;
    }

    private static JsonValue read(Path file) {
        try (var in = Files.newInputStream(file);
                var json = Json.createReader(in)) {
            return json.readValue();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
