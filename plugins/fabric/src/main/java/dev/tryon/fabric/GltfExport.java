package dev.tryon.fabric;

import dev.tryon.vision.LinearLight;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A material as glTF 2.0 on a test cloth: a square metre's quarter that lies in soft waves.
 *
 * <p>Textures are the files of {@link MapFiles}; KHR_texture_transform repeats them to true scale, KHR_materials_sheen
 * says what fibres scatter. Lengths are metres.
 */
final class GltfExport {
    static final String FILE = "material.gltf";
    static final String MESH_FILE = "cloth.bin";

    private static final double SIDE_METRES = 0.5;
    private static final double WAVE_METRES = 0.012;
    private static final int CELLS = 64;
    private static final int POINTS = (CELLS + 1) * (CELLS + 1);
    private static final int INDICES = 6 * CELLS * CELLS;
    private static final int FLOAT = 5126;
    private static final int UNSIGNED_SHORT = 5123;
    private static final int VERTICES = 34962;
    private static final int ELEMENTS = 34963;
    private static final int REPEAT = 10497;
    private static final int LINEAR = 9729;
    private static final int LINEAR_MIPMAP_LINEAR = 9987;

    private GltfExport() {}

    /** Returns the glTF file and its mesh, by file name. */
    static Map<String, byte[]> of(Material material) {
        return Map.of(
                FILE, document(material).toString().getBytes(StandardCharsets.UTF_8),
                MESH_FILE, mesh());
    }

    private static JsonObject document(Material material) {
        var extensions = Json.createArrayBuilder().add("KHR_texture_transform");
        material.sheen().ifPresent(_ -> extensions.add("KHR_materials_sheen"));
        return Json.createObjectBuilder()
                .add("asset", Json.createObjectBuilder().add("version", "2.0").add("generator", "tryon"))
                .add("extensionsUsed", extensions)
                .add("scene", 0)
                .add(
                        "scenes",
                        list(Json.createObjectBuilder()
                                .add("nodes", Json.createArrayBuilder().add(0))))
                .add("nodes", list(Json.createObjectBuilder().add("mesh", 0).add("name", "cloth")))
                .add(
                        "meshes",
                        list(Json.createObjectBuilder()
                                .add("name", "cloth")
                                .add(
                                        "primitives",
                                        list(Json.createObjectBuilder()
                                                .add(
                                                        "attributes",
                                                        Json.createObjectBuilder()
                                                                .add("POSITION", 0)
                                                                .add("NORMAL", 1)
                                                                .add("TANGENT", 2)
                                                                .add("TEXCOORD_0", 3))
                                                .add("indices", 4)
                                                .add("material", 0)))))
                .add("materials", list(material(material)))
                .add(
                        "textures",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("sampler", 0)
                                        .add("source", 0))
                                .add(Json.createObjectBuilder()
                                        .add("sampler", 0)
                                        .add("source", 1))
                                .add(Json.createObjectBuilder()
                                        .add("sampler", 0)
                                        .add("source", 2)))
                .add(
                        "samplers",
                        list(Json.createObjectBuilder()
                                .add("magFilter", LINEAR)
                                .add("minFilter", LINEAR_MIPMAP_LINEAR)
                                .add("wrapS", REPEAT)
                                .add("wrapT", REPEAT)))
                .add(
                        "images",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder().add("uri", baseColor(material)))
                                .add(Json.createObjectBuilder().add("uri", MapFiles.PACKED))
                                .add(Json.createObjectBuilder().add("uri", MapFiles.NORMAL)))
                .add("accessors", accessors())
                .add("bufferViews", views())
                .add(
                        "buffers",
                        list(Json.createObjectBuilder()
                                .add("uri", MESH_FILE)
                                .add("byteLength", POINTS * 48 + INDICES * 2)))
                .build();
    }

    private static String baseColor(Material material) {
        return material.maps().opacity().isPresent() ? MapFiles.BASE_COLOR_AND_OPACITY : MapFiles.BASE_COLOR;
    }

    private static JsonObjectBuilder material(Material material) {
        var transform = transform(material);
        var built = Json.createObjectBuilder()
                .add("name", material.title())
                .add("doubleSided", true)
                .add(
                        "pbrMetallicRoughness",
                        Json.createObjectBuilder()
                                .add("baseColorTexture", texture(0, transform))
                                .add("metallicRoughnessTexture", texture(1, transform)))
                .add("occlusionTexture", texture(1, transform))
                .add("normalTexture", texture(2, transform));
        if (material.maps().opacity().isPresent()) {
            built.add("alphaMode", "BLEND");
        }
        material.sheen()
                .ifPresent(sheen -> built.add(
                        "extensions",
                        Json.createObjectBuilder()
                                .add(
                                        "KHR_materials_sheen",
                                        Json.createObjectBuilder()
                                                .add(
                                                        "sheenColorFactor",
                                                        Json.createArrayBuilder()
                                                                .add(LinearLight.ofByte(sheen.color()
                                                                        .red()))
                                                                .add(LinearLight.ofByte(sheen.color()
                                                                        .green()))
                                                                .add(LinearLight.ofByte(sheen.color()
                                                                        .blue())))
                                                .add("sheenRoughnessFactor", sheen.roughness()))));
        return built;
    }

    private static JsonObject transform(Material material) {
        var size = material.nominalSize();
        return Json.createObjectBuilder()
                .add(
                        "KHR_texture_transform",
                        Json.createObjectBuilder()
                                .add(
                                        "scale",
                                        Json.createArrayBuilder()
                                                .add(SIDE_METRES * 1000 / size.widthMillimetres())
                                                .add(SIDE_METRES * 1000 / size.heightMillimetres())))
                .build();
    }

    private static JsonObjectBuilder texture(int index, JsonObject transform) {
        return Json.createObjectBuilder().add("index", index).add("extensions", transform);
    }

    private static JsonArray accessors() {
        var half = SIDE_METRES / 2;
        return Json.createArrayBuilder()
                .add(accessor(0, FLOAT, POINTS, "VEC3")
                        .add(
                                "min",
                                Json.createArrayBuilder()
                                        .add((float) -half)
                                        .add(lowest())
                                        .add((float) -half))
                        .add(
                                "max",
                                Json.createArrayBuilder()
                                        .add((float) half)
                                        .add(highest())
                                        .add((float) half)))
                .add(accessor(1, FLOAT, POINTS, "VEC3"))
                .add(accessor(2, FLOAT, POINTS, "VEC4"))
                .add(accessor(3, FLOAT, POINTS, "VEC2"))
                .add(accessor(4, UNSIGNED_SHORT, INDICES, "SCALAR"))
                .build();
    }

    private static JsonObjectBuilder accessor(int view, int type, int count, String shape) {
        return Json.createObjectBuilder()
                .add("bufferView", view)
                .add("componentType", type)
                .add("count", count)
                .add("type", shape);
    }

    private static JsonArray views() {
        var views = Json.createArrayBuilder();
        var offset = 0;
        for (var bytes : new int[] {12 * POINTS, 12 * POINTS, 16 * POINTS, 8 * POINTS}) {
            views.add(Json.createObjectBuilder()
                    .add("buffer", 0)
                    .add("byteOffset", offset)
                    .add("byteLength", bytes)
                    .add("target", VERTICES));
            offset += bytes;
        }
        return views.add(Json.createObjectBuilder()
                        .add("buffer", 0)
                        .add("byteOffset", offset)
                        .add("byteLength", 2 * INDICES)
                        .add("target", ELEMENTS))
                .build();
    }

    private static JsonArray list(JsonObjectBuilder only) {
        return Json.createArrayBuilder().add(only).build();
    }

    /** Returns positions, normals, tangents and texture coordinates of a cloth that faces up, then its triangles. */
    private static byte[] mesh() {
        var mesh = ByteBuffer.allocate(POINTS * 48 + INDICES * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (var point = 0; point < POINTS; point++) {
            mesh.putFloat((float) (SIDE_METRES * (across(point) - 0.5)))
                    .putFloat(wave(point))
                    .putFloat((float) (SIDE_METRES * (along(point) - 0.5)));
        }
        for (var point = 0; point < POINTS; point++) {
            var slopeX = slopeX(point);
            var slopeZ = slopeZ(point);
            var length = Math.sqrt(slopeX * slopeX + slopeZ * slopeZ + 1);
            mesh.putFloat((float) (-slopeX / length))
                    .putFloat((float) (1 / length))
                    .putFloat((float) (-slopeZ / length));
        }
        for (var point = 0; point < POINTS; point++) {
            var slope = slopeX(point);
            var length = Math.sqrt(slope * slope + 1);
            // Texture v runs down the picture, along z: with the tangent along x, the bitangent is normal x tangent.
            mesh.putFloat((float) (1 / length))
                    .putFloat((float) (slope / length))
                    .putFloat(0)
                    .putFloat(1);
        }
        for (var point = 0; point < POINTS; point++) {
            mesh.putFloat((float) across(point)).putFloat((float) along(point));
        }
        for (var row = 0; row < CELLS; row++) {
            for (var column = 0; column < CELLS; column++) {
                var first = row * (CELLS + 1) + column;
                var below = first + CELLS + 1;
                for (var corner : new int[] {first, below, first + 1, first + 1, below, below + 1}) {
                    mesh.putShort((short) corner);
                }
            }
        }
        return mesh.array();
    }

    private static double across(int point) {
        return point % (CELLS + 1) / (double) CELLS;
    }

    private static double along(int point) {
        var row = point / (CELLS + 1);
        return row / (double) CELLS;
    }

    private static float wave(int point) {
        return (float) (WAVE_METRES * Math.sin(phase(point)));
    }

    private static double phase(int point) {
        return 2 * Math.PI * (2 * across(point) + 0.6 * along(point));
    }

    private static double slopeX(int point) {
        return WAVE_METRES * Math.cos(phase(point)) * 4 * Math.PI / SIDE_METRES;
    }

    private static double slopeZ(int point) {
        return WAVE_METRES * Math.cos(phase(point)) * 1.2 * Math.PI / SIDE_METRES;
    }

    private static float lowest() {
        var lowest = Float.MAX_VALUE;
        for (var point = 0; point < POINTS; point++) {
            lowest = Math.min(lowest, wave(point));
        }
        return lowest;
    }

    private static float highest() {
        var highest = -Float.MAX_VALUE;
        for (var point = 0; point < POINTS; point++) {
            highest = Math.max(highest, wave(point));
        }
        return highest;
    }
}
