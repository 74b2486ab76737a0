package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.spi.Options;
import dev.tryon.spi.Progress;
import dev.tryon.spi.ScanEngine.Property;
import dev.tryon.testkit.ClothMaps;
import dev.tryon.testkit.ClothStudio;
import dev.tryon.vision.FrameCodec;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassGuessTest {
    private static final FabricEngine ENGINE = new FabricEngine();

    @ParameterizedTest
    @CsvSource({"cotton-twill, woven", "jersey-knit, knit", "velvet, velvet", "lace, lace"})
    void tellsTheClassOfAPhotograph(String item, String kind) {
        try (var codec = new FrameCodec();
                var material = ENGINE.material(item, 1024).orElseThrow()) {
            var taken = new ClothStudio(codec, 1440, 1080).photograph(ClothMaps.of(material), 3);
            try (var photo = codec.decodeUpload(ByteBuffer.wrap(taken.jpeg()));
                    var scan = ENGINE.scan(photo, Options.of(ENGINE.info().options(), Map.of()), Progress.UNWATCHED)) {
                assertThat(scan.properties()).containsEntry("class", new Property.Text(kind));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.2, WOVEN", "0.01, KNIT"})
    void takesManyDyesForYarnsOfSeveralColours(double chroma, FabricClass kind) {
        assertThat(ClassGuess.of(new ClothTraits(0.9, 0.02, 0.8, 0.1, 30, 0.2, 3, 0.66, 0.6, 0, chroma, 0, false))
                        .kind())
                .isEqualTo(kind);
    }
}
