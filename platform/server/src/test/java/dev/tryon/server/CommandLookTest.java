package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.Look;
import dev.tryon.spi.OptionSpec;
import dev.tryon.spi.OptionValue;
import dev.tryon.spi.Rgb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLookTest {
    private static final Rgb RED = new Rgb(200, 0, 0);
    private static final EngineInfo ENGINE = new EngineInfo(
            "test",
            "Test",
            "1",
            List.of(new OptionSpec.Range("size", "Size", 0, 10, 5)),
            List.of(new CatalogItem(
                    "big", "Big", "all", List.of(), List.of(RED), Map.of("size", new OptionValue.Quantity(9)))),
            new EngineInfo.ResourceEstimate(1, 1));

    @TempDir
    private Path folder;

    @Test
    void wearsTheDefaultsWhenNothingIsSaid() {
        assertThat(look(null).options().number("size")).isEqualTo(5);
    }

    @Test
    void takesJsonOrAFileOfIt() throws IOException {
        var file = folder.resolve("look.json");
        Files.writeString(file, "{\"item\": \"big\"}");

        assertThat(look(file.toString()).options().number("size")).isEqualTo(9);
        assertThat(look("{\"item\": \"big\", \"options\": {\"size\": 2}}")
                        .options()
                        .number("size"))
                .isEqualTo(2);
    }

    @Test
    void namesEverythingThatIsWrong() {
        assertThatThrownBy(() -> look("{\"item\": \"small\", \"options\": {\"size\": 11, \"hue\": 1}}"))
                .isInstanceOf(Arguments.UsageException.class)
                .hasMessageContaining("item")
                .hasMessageContaining("size")
                .hasMessageContaining("hue");
        assertThatThrownBy(() -> look("{")).isInstanceOf(Arguments.UsageException.class);
        assertThatThrownBy(() -> look("nowhere.json")).isInstanceOf(Arguments.UsageException.class);
        assertThatThrownBy(() -> look("{\"reference\": \"01a1fcd3-b4b1-7992-82dd-6779c18db614\"}"))
                .isInstanceOf(Arguments.UsageException.class);
    }

    private static Look look(@Nullable String said) {
        return CommandLook.of(ENGINE, Optional.ofNullable(said), Optional.empty());
    }
}
