package dev.tryon.fabric;

import dev.tryon.spi.MaterialFacts.TileSize;
import dev.tryon.spi.Rgb;
import dev.tryon.vision.LinearLight;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * A material as Unified 3D Material 1.1 (Vizoo), the apparel trade's exchange format: a constant and a texture a
 * channel, each texture with its size in millimetres and its dots per inch.
 */
final class U3mExport {
    static final String FILE = "material.u3m";

    private static final double DEFAULT_REFRACTION = 1.4;

    private final Material material;
    private final TileSize size;

    private U3mExport(Material material) {
        this.material = material;
        this.size = material.nominalSize();
    }

    /**
     * Returns the U3M file.
     *
     * <p>Its id follows from the colours, so that the same material keeps it. Where no scale is known the size is
     * nominal and the metadata says so.
     *
     * @param made when the material was made
     */
    static byte[] of(Material material, Instant made) {
        return new U3mExport(material).document(made).toString().getBytes(StandardCharsets.UTF_8);
    }

    private JsonObject document(Instant made) {
        return Json.createObjectBuilder()
                .add("schema", "1.1")
                .add(
                        "material",
                        Json.createObjectBuilder()
                                .add("id", id().toString())
                                .add("name", material.title())
                                .add("description", String.join(", ", material.tags()))
                                .add("created", made.toString())
                                .add("modified", made.toString())
                                .add("front", front())
                                .addNull("back")
                                .addNull("side")
                                .add("physics", physics())
                                .add(
                                        "metadata",
                                        Json.createObjectBuilder()
                                                .add(
                                                        "tryon",
                                                        Json.createObjectBuilder()
                                                                .add(
                                                                        "class",
                                                                        material.kind()
                                                                                .word())
                                                                .add(
                                                                        "sizeKnown",
                                                                        material.size()
                                                                                .isPresent()))))
                .addNull("custom")
                .build();
    }

    private JsonObjectBuilder front() {
        var maps = material.maps();
        var depth = material.relief() * size.widthMillimetres();
        var front = Json.createObjectBuilder()
                .add("shader", "principled")
                .addNull("preview")
                .add(
                        "basecolor",
                        Json.createObjectBuilder()
                                .add("constant", color(mean(maps.baseColor())))
                                .add(
                                        "texture",
                                        Json.createObjectBuilder()
                                                .add("mode", "multiply")
                                                .add("factor", color(new Rgb(255, 255, 255)))
                                                .add("image", image(MapFiles.BASE_COLOR))))
                .add(
                        "normal",
                        normal(Json.createObjectBuilder()
                                .add("scale", 1)
                                .add("image", image(MapFiles.NORMAL))
                                .build()))
                .add("roughness", textured(maps.roughness().mean(), 1, 0, MapFiles.ROUGHNESS))
                .add("metalness", constant(maps.metalness().mean()))
                // Millimetres above and below the middle plane.
                .add("displacement", textured(0, depth, -depth / 2, MapFiles.HEIGHT))
                .add(
                        "alpha",
                        maps.opacity()
                                .map(opacity -> textured(opacity.mean(), 1, 0, MapFiles.OPACITY))
                                .orElse(constant(1)))
                .add("sheen_value", constant(material.sheen().isPresent() ? 1 : 0))
                .add("sheen_tint", constant(material.sheen().isPresent() ? 1 : 0))
                .add("clearcoat_normal", normal(JsonValue.NULL))
                .add("ior", constant(DEFAULT_REFRACTION))
                .add("specular_value", constant(0.5))
                .add(
                        "subsurface_color",
                        Json.createObjectBuilder()
                                .add("constant", color(mean(maps.baseColor())))
                                .addNull("texture"));
        for (var absent : new String[] {
            "anisotropy_value",
            "anisotropy_rotation",
            "clearcoat_value",
            "clearcoat_roughness",
            "specular_tint",
            "subsurface_radius",
            "subsurface_value",
            "transmission"
        }) {
            front.add(absent, constant(0));
        }
        return front;
    }

    private JsonObjectBuilder physics() {
        var type =
                switch (material.kind()) {
                    case KNIT, LACE -> "Knit";
                    case LEATHER -> "Leather";
                    case WOVEN, DENIM, SILK, VELVET, PRINT -> "Woven";
                };
        return Json.createObjectBuilder()
                .addNull("thickness")
                .addNull("weight")
                .addNull("composition")
                .addNull("construction")
                .add("devices", Json.createObjectBuilder().add("fab", "null"))
                .add(
                        "material_type",
                        Json.createObjectBuilder().add("type", type).addNull("name"));
    }

    private JsonObjectBuilder textured(double mean, double factor, double offset, String file) {
        return Json.createObjectBuilder()
                .add("constant", mean)
                .add(
                        "texture",
                        Json.createObjectBuilder()
                                .add("factor", factor)
                                .add("offset", offset)
                                .add("image", image(file)));
    }

    private static JsonObjectBuilder constant(double value) {
        return Json.createObjectBuilder().add("constant", value).addNull("texture");
    }

    private static JsonObjectBuilder normal(JsonValue texture) {
        return Json.createObjectBuilder()
                .add(
                        "constant",
                        Json.createObjectBuilder().add("x", 0).add("y", 0).add("z", 1))
                .add("texture", texture);
    }

    private JsonObjectBuilder image(String file) {
        return Json.createObjectBuilder()
                .add("path", file)
                .add("width", size.widthMillimetres())
                .add("height", size.heightMillimetres())
                .add(
                        "dpi",
                        Json.createObjectBuilder()
                                .add("x", size.dotsPerInch(material.maps().width()))
                                .add(
                                        "y",
                                        size.dotsPerInchDown(
                                                material.maps().height().height())))
                .add("repeat", Json.createObjectBuilder().add("rotation", 0).add("mode", "normal"));
    }

    private static JsonObjectBuilder color(Rgb color) {
        return Json.createObjectBuilder()
                .add("r", LinearLight.ofByte(color.red()))
                .add("g", LinearLight.ofByte(color.green()))
                .add("b", LinearLight.ofByte(color.blue()));
    }

    private static Rgb mean(Texels colors) {
        var sums = new double[3];
        for (var at = 0; at < colors.rgb().length; at++) {
            sums[at % 3] += LinearLight.ofByte(colors.rgb()[at]);
        }
        var texels = colors.rgb().length / 3;
        return new Rgb(stored(sums[0] / texels), stored(sums[1] / texels), stored(sums[2] / texels));
    }

    private static int stored(double light) {
        return Math.round(LinearLight.toByte((float) light));
    }

    /** Returns a UUID of version 4's form whose other bits are a digest of what the material looks like. */
    private UUID id() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(material.id().getBytes(StandardCharsets.UTF_8));
            digest.update(material.maps().normal().rgb());
            digest.update(ByteBuffer.allocate(2 * Double.BYTES)
                    .putDouble(material.relief())
                    .putDouble(material.maps().roughness().mean())
                    .flip());
            var bits = ByteBuffer.wrap(digest.digest(material.maps().baseColor().rgb()));
            return new UUID(
                    (bits.getLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L,
                    (bits.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
