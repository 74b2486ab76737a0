package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** The form of what is handed on, as U3M 1.1 and MaterialX 1.38 ask for it. */
class ExchangeFormTest {
    private static final Instant MADE = Instant.parse("2026-03-04T05:06:08Z");
    private static final int SIZE = 64;
    private static final Set<String> COLORS = Set.of("basecolor", "subsurface_color");
    private static final Set<String> NORMALS = Set.of("normal", "clearcoat_normal");
    private static final Set<String> WORDS = Set.of("shader", "preview");

    /** What MaterialX's specification says the inputs are of each kind of node that is used. */
    private static final Map<String, Map<String, Set<String>>> NODES = Map.of(
            "tiledimage",
            Map.of(
                    "file", Set.of("filename"),
                    "realworldtilesize", Set.of("vector2"),
                    "realworldimagesize", Set.of("vector2")),
            "normalmap",
            Map.of("in", Set.of("vector3")),
            "displacement",
            Map.of("displacement", Set.of("float", "vector3"), "scale", Set.of("float")),
            "standard_surface",
            Map.of(
                    "base_color", Set.of("color3"),
                    "specular_roughness", Set.of("float"),
                    "metalness", Set.of("float"),
                    "normal", Set.of("vector3"),
                    "opacity", Set.of("color3"),
                    "sheen", Set.of("float"),
                    "sheen_color", Set.of("color3"),
                    "sheen_roughness", Set.of("float")),
            "surfacematerial",
            Map.of(
                    "surfaceshader", Set.of("surfaceshader"),
                    "displacementshader", Set.of("displacementshader")));

    @ParameterizedTest
    @ValueSource(strings = {"lace", "silk-satin", "denim"})
    void givesEveryChannelOfU3mTheFormOfItsKind(String id) {
        var front = u3m(id).getJsonObject("material").getJsonObject("front");

        front.forEach((name, channel) -> {
            if (!WORDS.contains(name)) {
                assertThat(channel.asJsonObject().keySet())
                        .describedAs(name)
                        .containsExactlyInAnyOrder("constant", "texture");
                assertConstant(
                        name, Objects.requireNonNull(channel.asJsonObject().get("constant")));
                var texture = Objects.requireNonNull(channel.asJsonObject().get("texture"));
                if (texture != JsonValue.NULL) {
                    assertTexture(name, texture.asJsonObject());
                }
            }
        });
    }

    @Test
    void namesTheMaterialOfU3mAndItsTimes() {
        var material = u3m("denim").getJsonObject("material");

        assertThat(u3m("denim").getString("schema")).isEqualTo("1.1");
        assertThat(material.keySet())
                .contains("id", "name", "description", "created", "modified", "front", "back", "side", "physics");
        assertThat(Instant.parse(material.getString("created"))).isEqualTo(MADE);
        assertThat(Instant.parse(material.getString("modified"))).isEqualTo(MADE);
        assertThat(material.getJsonObject("physics")
                        .getJsonObject("material_type")
                        .getString("type"))
                .isEqualTo("Woven");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lace", "silk-satin", "denim"})
    void usesNodesAndInputsThatMaterialXHasAndConnectsLikeWithLike(String id) throws Exception {
        var root = DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(MaterialXExport.of(swatch(id))))
                .getDocumentElement();
        var types = new HashMap<String, String>();

        assertThat(root.getTagName()).isEqualTo("materialx");
        assertThat(root.getAttribute("version")).isEqualTo("1.38");
        for (var at = 0; at < root.getChildNodes().getLength(); at++) {
            var node = (Element) root.getChildNodes().item(at);
            assertThat(NODES).containsKey(node.getTagName());
            assertThat(types.put(node.getAttribute("name"), node.getAttribute("type")))
                    .describedAs("names are used once")
                    .isNull();
            var inputs = Objects.requireNonNull(NODES.get(node.getTagName()));
            for (var input = 0; input < node.getChildNodes().getLength(); input++) {
                var element = (Element) node.getChildNodes().item(input);
                assertThat(inputs).containsKey(element.getAttribute("name"));
                assertThat(inputs.get(element.getAttribute("name"))).contains(element.getAttribute("type"));
                assertThat(element.hasAttribute("value")).isNotEqualTo(element.hasAttribute("nodename"));
                if (element.hasAttribute("nodename")) {
                    // Nodes stand before those that use them.
                    assertThat(types).containsEntry(element.getAttribute("nodename"), element.getAttribute("type"));
                }
            }
        }
        assertThat(types).containsValue("material");
    }

    private static void assertConstant(String name, JsonValue constant) {
        if (COLORS.contains(name)) {
            assertThat(constant.asJsonObject().keySet()).containsExactlyInAnyOrder("r", "g", "b");
            constant.asJsonObject().values().forEach(share -> assertThat(((JsonNumber) share).doubleValue())
                    .describedAs(name)
                    .isBetween(0.0, 1.0));
        } else if (NORMALS.contains(name)) {
            assertThat(constant.asJsonObject().keySet()).containsExactlyInAnyOrder("x", "y", "z");
        } else {
            assertThat(constant).describedAs(name).isInstanceOf(JsonNumber.class);
        }
    }

    private static void assertTexture(String name, JsonObject texture) {
        var image = texture.getJsonObject("image");
        assertThat(image.keySet())
                .describedAs(name)
                .containsExactlyInAnyOrder("path", "width", "height", "dpi", "repeat");
        assertThat(image.get("path")).isInstanceOf(JsonString.class);
        assertThat(image.getJsonNumber("width").doubleValue()).isPositive();
        assertThat(image.getJsonNumber("height").doubleValue()).isPositive();
        assertThat(image.getJsonObject("dpi").keySet()).containsExactlyInAnyOrder("x", "y");
        assertThat(image.getJsonObject("repeat").keySet()).containsExactlyInAnyOrder("mode", "rotation");
        assertThat(image.getJsonObject("repeat").getString("mode")).isEqualTo("normal");
        if (COLORS.contains(name)) {
            assertThat(texture.keySet()).containsExactlyInAnyOrder("mode", "factor", "image");
        } else if (NORMALS.contains(name)) {
            assertThat(texture.keySet()).containsExactlyInAnyOrder("scale", "image");
        } else {
            assertThat(texture.keySet()).containsExactlyInAnyOrder("factor", "offset", "image");
        }
    }

    private static JsonObject u3m(String id) {
        try (var reader = Json.createReader(new ByteArrayInputStream(U3mExport.of(swatch(id), MADE)))) {
            return reader.readObject();
        }
    }

    private static Material swatch(String id) {
        return Swatch.ALL.stream()
                .filter(swatch -> swatch.id().equals(id))
                .findFirst()
                .orElseThrow()
                .make(SIZE, Steps.unwatched());
    }
}
