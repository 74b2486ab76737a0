package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.server.DialectTextures.Texture;
import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DialectTexturesTest {
    private final BodyMemory memory = new BodyMemory(1000);

    private DialectTextures textures() {
        var two = new TreeMap<>(Map.of(
                "normal", new Texture("image/png", new byte[100]),
                "basecolor", new Texture("image/jpeg", new byte[] {1, 2, 3})));
        return new DialectTextures(
                two, Json.createObjectBuilder().add("size", 32).build(), memory.share(900));
    }

    @Test
    void writesOneObjectWithEachTexture() throws IOException {
        var out = new ByteArrayOutputStream();

        try (var textures = textures()) {
            textures.writeTo(out);
        }

        try (var reader = Json.createReader(new StringReader(out.toString(StandardCharsets.UTF_8)))) {
            var json = reader.readObject();
            assertThat(json.getInt("size")).isEqualTo(32);
            assertThat(json.getJsonObject("textures")).containsOnlyKeys("basecolor", "normal");
            assertThat(json.getJsonObject("textures").getString("basecolor")).isEqualTo("data:image/jpeg;base64,AQID");
        }
    }

    @Test
    void holdsWhatIsLeftToBeSentAndNothingAfterwards() {
        try (var textures = textures()) {
            // 103 bytes and twice the largest of them are held of 1000.
            assertThatThrownBy(() -> memory.share(698)).isInstanceOf(Refusal.class);
            assertThatCode(() -> memory.share(697).close()).doesNotThrowAnyException();
            assertThat(textures).isNotNull();
        }
        assertThatCode(() -> memory.share(1000).close()).doesNotThrowAnyException();
    }

    @Test
    void countsWhatABodyNeedsBeyondWhatWasCountedAhead() throws IOException {
        try (var share = memory.share(400)) {
            assertThat(share.counted(new ByteArrayInputStream(new byte[200])).readAllBytes())
                    .hasSize(200);
            assertThatCode(() -> memory.share(600).close()).doesNotThrowAnyException();
            assertThatThrownBy(() -> share.counted(new ByteArrayInputStream(new byte[301]))
                            .readAllBytes())
                    .isInstanceOf(Refusal.class);
        }
        assertThatCode(() -> memory.share(1000).close()).doesNotThrowAnyException();
    }
}
