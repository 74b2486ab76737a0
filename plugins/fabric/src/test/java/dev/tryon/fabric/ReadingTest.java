package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.ScanEngine.Scan;
import dev.tryon.spi.TryOnException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingTest {
    @Test
    void readsBackWhatWasShown() {
        var material = swatch("silk-satin");
        try (var scan = Showing.of(material)) {
            var read = Reading.of(scan, material.title());

            assertThat(read.maps().baseColor().rgb())
                    .isEqualTo(material.maps().baseColor().rgb());
            assertThat(read.maps().normal().rgb())
                    .isEqualTo(material.maps().normal().rgb());
            assertThat(read.maps().height().mean())
                    .isCloseTo(material.maps().height().mean(), within(0.002));
            assertThat(read.kind()).isEqualTo(FabricClass.SILK);
            assertThat(read.size()).isEqualTo(material.size());
            assertThat(read.sheen()).isEqualTo(material.sheen());
            assertThat(read.relief()).isEqualTo(material.relief());
        }
    }

    @Test
    void readsBackHoles() {
        try (var scan = Showing.of(swatch("lace"))) {
            assertThat(Reading.of(scan, "Lace").maps().opacity()).isPresent();
        }
    }

    @Test
    void refusesAScanWithoutHeight() {
        assertThatExceptionOfType(TryOnException.class)
                .isThrownBy(() -> Reading.of(new Scan(Map.of("basecolor", Frame.allocate(64, 64)), Map.of()), "Half"))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_IMAGE));
    }

    @Test
    void refusesMapsOfDifferentSizes() {
        try (var scan = Showing.of(swatch("denim"))) {
            var pictures = new HashMap<>(scan.pictures());
            pictures.put("height", Frame.allocate(32, 32));

            assertThatExceptionOfType(TryOnException.class)
                    .isThrownBy(() -> Reading.of(new Scan(pictures, scan.properties()), "Odd"))
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_IMAGE));
        }
    }

    private static Material swatch(String id) {
        return Swatch.ALL.stream()
                .filter(swatch -> swatch.id().equals(id))
                .findFirst()
                .orElseThrow()
                .make(64);
    }
}
