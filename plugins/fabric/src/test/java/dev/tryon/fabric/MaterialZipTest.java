package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureInfo;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;
import org.w3c.dom.Element;

class MaterialZipTest {
    private static final Instant MADE = Instant.parse("2026-03-04T05:06:08Z");
    private static final int SIZE = 64;
    private static FrameCodec codec;
    private static Material lace;
    private static Material satin;
    private static Material denim;

    @BeforeAll
    static void open() {
        codec = new FrameCodec();
        lace = swatch("lace");
        satin = swatch("silk-satin");
        denim = swatch("denim");
    }

    @AfterAll
    static void close() {
        codec.close();
    }

    @Test
    void holdsEveryFileOnceAndTheSameBytesEachTime() throws IOException {
        var zip = MaterialZip.of(lace, codec, MADE, Steps.unwatched());
        var names = new ArrayList<String>();
        try (var entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                names.add(entry.getName());
                assertThat(entries.readAllBytes()).isNotEmpty();
            }
        }

        assertThat(names)
                .doesNotHaveDuplicates()
                .contains(
                        "basecolor.jpg",
                        "normal.png",
                        "normal-directx.png",
                        "height.png",
                        "roughness.jpg",
                        "occlusion.jpg",
                        "metalness.jpg",
                        "opacity.png",
                        "material.gltf",
                        "material.mtlx",
                        "material.u3m");
        assertThat(MaterialZip.of(lace, codec, MADE, Steps.unwatched())).isEqualTo(zip);
    }

    @Test
    void holdsMapsOfTheMaterialsSize() {
        MapFiles.of(lace, codec, Steps.unwatched())
                .forEach((name, bytes) -> assertThat(codec.inspect(ByteBuffer.wrap(bytes)))
                        .describedAs(name)
                        .extracting(PictureInfo::width, PictureInfo::height)
                        .containsExactly(SIZE, SIZE));
    }

    @Test
    void keepsSixteenBitsOfHeight() {
        var bytes = new MatOfByte(MapFiles.of(denim, codec, Steps.unwatched()).get(MapFiles.HEIGHT));
        var decoded = Imgcodecs.imdecode(bytes, Imgcodecs.IMREAD_UNCHANGED);
        try {
            var samples = new short[3 * SIZE * SIZE];
            assertThat(decoded.type()).isEqualTo(CvType.CV_16UC3);
            decoded.get(0, 0, samples);
            for (var texel = 0; texel < SIZE * SIZE; texel += 97) {
                assertThat((samples[3 * texel] & 0xFFFF) / 65_535.0)
                        .isCloseTo(denim.maps().height().values()[texel], within(1e-4));
            }
        } finally {
            bytes.release();
            decoded.release();
        }
    }

    @Test
    void namesInGltfOnlyFilesThatAreThere() {
        for (var material : List.of(lace, satin, denim)) {
            var files = MaterialZip.files(material, codec, MADE, Steps.unwatched());
            var gltf = json(files, GltfExport.FILE);
            for (var image : gltf.getJsonArray("images").getValuesAs(JsonObject.class)) {
                assertThat(files).containsKey(image.getString("uri"));
            }
            var buffer = gltf.getJsonArray("buffers").getJsonObject(0);
            assertThat(files.get(buffer.getString("uri"))).hasSize(buffer.getInt("byteLength"));
        }
    }

    @Test
    void repeatsTheTileInGltfToTrueScale() {
        var material = json(GltfExport.of(denim), GltfExport.FILE)
                .getJsonArray("materials")
                .getJsonObject(0);
        var scale = material.getJsonObject("normalTexture")
                .getJsonObject("extensions")
                .getJsonObject("KHR_texture_transform")
                .getJsonArray("scale");

        assertThat(scale.getJsonNumber(0).doubleValue())
                .isCloseTo(500 / denim.size().orElseThrow().widthMillimetres(), within(1e-9));
    }

    @Test
    void sheensInGltfWhatSheens() {
        assertThat(extensions(satin)).contains("KHR_materials_sheen");
        assertThat(extensions(denim)).doesNotContain("KHR_materials_sheen");
    }

    @Test
    void laysTheGltfClothWithinItsBounds() {
        var mesh =
                ByteBuffer.wrap(GltfExport.of(denim).get(GltfExport.MESH_FILE)).order(ByteOrder.LITTLE_ENDIAN);
        var position = json(GltfExport.of(denim), GltfExport.FILE)
                .getJsonArray("accessors")
                .getJsonObject(0);
        for (var axis = 0; axis < 3; axis++) {
            var least = Float.MAX_VALUE;
            var most = -Float.MAX_VALUE;
            for (var point = 0; point < position.getInt("count"); point++) {
                least = Math.min(least, mesh.getFloat(12 * point + 4 * axis));
                most = Math.max(most, mesh.getFloat(12 * point + 4 * axis));
            }
            assertThat((float) position.getJsonArray("min").getJsonNumber(axis).doubleValue())
                    .isEqualTo(least);
            assertThat((float) position.getJsonArray("max").getJsonNumber(axis).doubleValue())
                    .isEqualTo(most);
        }
    }

    @Test
    void saysInU3mHowLargeTheClothIs() {
        var image = json(U3mExport.of(denim, MADE))
                .getJsonObject("material")
                .getJsonObject("front")
                .getJsonObject("normal")
                .getJsonObject("texture")
                .getJsonObject("image");

        assertThat(image.getJsonNumber("width").doubleValue()).isEqualTo(30);
        assertThat(image.getJsonObject("dpi").getJsonNumber("x").doubleValue())
                .isCloseTo(SIZE * 25.4 / 30, within(1e-9));
    }

    @Test
    void givesEveryChannelThatU3mAsksForAndNoOther() {
        var u3m = json(U3mExport.of(lace, MADE));
        var front = u3m.getJsonObject("material").getJsonObject("front");

        assertThat(u3m.keySet()).containsExactlyInAnyOrder("schema", "material", "custom");
        assertThat(front.keySet())
                .containsExactlyInAnyOrder(
                        "alpha",
                        "anisotropy_value",
                        "anisotropy_rotation",
                        "clearcoat_value",
                        "clearcoat_normal",
                        "clearcoat_roughness",
                        "ior",
                        "metalness",
                        "normal",
                        "displacement",
                        "roughness",
                        "sheen_value",
                        "sheen_tint",
                        "specular_value",
                        "specular_tint",
                        "subsurface_radius",
                        "subsurface_value",
                        "transmission",
                        "basecolor",
                        "subsurface_color",
                        "shader",
                        "preview");
        assertThat(u3m.getJsonObject("material").getString("id"))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void admitsThatASizeIsNotKnown() {
        var unknown = new Material(
                "scan",
                "Scan",
                FabricClass.WOVEN,
                List.of(),
                Optional.empty(),
                0.01,
                denim.maps(),
                Optional.empty(),
                Optional.empty());
        var files = MaterialZip.files(unknown, codec, MADE, Steps.unwatched());

        assertThat(json(files, U3mExport.FILE)
                        .getJsonObject("material")
                        .getJsonObject("metadata")
                        .getJsonObject("tryon")
                        .getBoolean("sizeKnown"))
                .isFalse();
        assertThat(new String(files.get(MaterialZip.README), StandardCharsets.UTF_8))
                .contains("not known");
    }

    @Test
    void connectsInMaterialXOnlyNodesThatAreThere() throws Exception {
        for (var material : List.of(lace, satin)) {
            var files = MaterialZip.files(material, codec, MADE, Steps.unwatched());
            var document = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(files.get(MaterialXExport.FILE)));
            var elements = document.getElementsByTagName("*");
            var names = new ArrayList<String>();
            for (var at = 0; at < elements.getLength(); at++) {
                names.add(((Element) elements.item(at)).getAttribute("name"));
            }
            for (var at = 0; at < elements.getLength(); at++) {
                var element = (Element) elements.item(at);
                if (element.hasAttribute("nodename")) {
                    assertThat(names).contains(element.getAttribute("nodename"));
                }
                if (element.getAttribute("type").equals("filename")) {
                    assertThat(files).containsKey(element.getAttribute("value"));
                }
            }
        }
    }

    private static List<String> extensions(Material material) {
        return json(GltfExport.of(material), GltfExport.FILE).getJsonArray("extensionsUsed").stream()
                .map(name -> ((JsonString) name).getString())
                .toList();
    }

    private static Material swatch(String id) {
        return Swatch.ALL.stream()
                .filter(swatch -> swatch.id().equals(id))
                .findFirst()
                .orElseThrow()
                .make(SIZE, Steps.unwatched());
    }

    private static JsonObject json(Map<String, byte[]> files, String name) {
        return json(Objects.requireNonNull(files.get(name)));
    }

    private static JsonObject json(byte[] bytes) {
        try (var reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return reader.readObject();
        }
    }
}
