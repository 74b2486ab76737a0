package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SwatchTest {
    private static final int SIZE = 256;
    private static final double SEAM_AT_MOST = 1.05;

    static Stream<Swatch> swatches() {
        return Swatch.ALL.stream();
    }

    @Test
    void hasTwelveClothsOfEveryKindButPrint() {
        assertThat(Swatch.ALL).hasSize(12).extracting(Swatch::id).doesNotHaveDuplicates();
        assertThat(Swatch.ALL)
                .extracting(Swatch::kind)
                .containsAll(List.of(
                        FabricClass.WOVEN,
                        FabricClass.KNIT,
                        FabricClass.DENIM,
                        FabricClass.SILK,
                        FabricClass.VELVET,
                        FabricClass.LEATHER,
                        FabricClass.LACE));
    }

    @ParameterizedTest
    @MethodSource("swatches")
    void tilesWithoutASeam(Swatch swatch) {
        var material = swatch.make(SIZE, Steps.unwatched());

        assertThat(Seam.worst(material.maps().baseColor())).isLessThan(SEAM_AT_MOST);
        assertThat(Seam.worst(material.maps().normal())).isLessThan(SEAM_AT_MOST);
    }

    @ParameterizedTest
    @MethodSource("swatches")
    void isTheSameEachTime(Swatch swatch) {
        assertThat(swatch.make(64, Steps.unwatched()).maps().baseColor().rgb())
                .isEqualTo(swatch.make(64, Steps.unwatched()).maps().baseColor().rgb());
    }

    @ParameterizedTest
    @MethodSource("swatches")
    void facesUpOnTheWhole(Swatch swatch) {
        var normals = swatch.make(SIZE, Steps.unwatched()).maps().normal();

        assertThat(mean(normals, 0)).isBetween(-0.03, 0.03);
        assertThat(mean(normals, 1)).isBetween(-0.03, 0.03);
        assertThat(mean(normals, 2)).isGreaterThan(0.6);
    }

    @Test
    void hasHolesInTheLaceAlone() {
        assertThat(Swatch.ALL)
                .filteredOn(swatch ->
                        swatch.make(64, Steps.unwatched()).maps().opacity().isPresent())
                .extracting(Swatch::kind)
                .containsExactly(FabricClass.LACE);
    }

    @Test
    void refusesASizeThatNoClothIsMadeAt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Swatch.ALL.getFirst().make(1000, Steps.unwatched()));
    }

    private static double mean(Texels directions, int channel) {
        var sum = 0.0;
        for (var at = channel; at < directions.rgb().length; at += 3) {
            sum += (directions.rgb()[at] & 0xFF) / 127.5 - 1;
        }
        return sum / (directions.width() * directions.height());
    }
}
