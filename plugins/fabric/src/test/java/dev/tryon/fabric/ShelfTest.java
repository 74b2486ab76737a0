package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.Progress;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.LinearLight;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShelfTest {
    private static final double NEAR = 0.05;

    static Stream<CatalogItem> items() {
        return Shelf.ITEMS.stream();
    }

    @ParameterizedTest
    @MethodSource("items")
    void showsTheColourThatTheClothHas(CatalogItem item) {
        var told = item.swatch().getFirst();
        var maps = Swatch.ALL.stream()
                .filter(swatch -> swatch.id().equals(item.id()))
                .findFirst()
                .orElseThrow()
                .make(128, Steps.unwatched())
                .maps();
        var sums = new double[3];
        var covered = 0.0;
        for (var texel = 0; texel < maps.height().values().length; texel++) {
            var cover = maps.opacity().isPresent() ? maps.opacity().get().values()[texel] : 1;
            covered += cover;
            for (var channel = 0; channel < 3; channel++) {
                sums[channel] += cover * LinearLight.ofByte(maps.baseColor().rgb()[3 * texel + channel]);
            }
        }
        var seen = "#%02x%02x%02x"
                .formatted(stored(sums[0] / covered), stored(sums[1] / covered), stored(sums[2] / covered));

        assertThat(new double[] {sums[0] / covered, sums[1] / covered, sums[2] / covered})
                .describedAs("%s is %s", item.id(), seen)
                .containsExactly(
                        new double[] {
                            LinearLight.ofByte(told.red()),
                            LinearLight.ofByte(told.green()),
                            LinearLight.ofByte(told.blue())
                        },
                        offset(NEAR));
    }

    private static int stored(double light) {
        return Math.round(LinearLight.toByte((float) light));
    }

    @ParameterizedTest
    @MethodSource("items")
    @Tag("slow")
    void tellsBeforeAClothIsMadeWhatItsMapsTellAfterwards(CatalogItem item) {
        var told = Shelf.facts(item.id()).orElseThrow();
        var made =
                Shelf.material(item.id(), 1024, Steps.unwatched()).orElseThrow().facts();
        assertThat(told.relief()).isCloseTo(made.relief(), offset(0.0005));
        assertThat(told.roughness()).isCloseTo(made.roughness(), offset(0.005));
        assertThat(told.metalness()).isCloseTo(made.metalness(), offset(0.005));
        assertThat(told.kind()).isEqualTo(made.kind());
        assertThat(told.size()).isEqualTo(made.size());
        assertThat(told.sheen()).isEqualTo(made.sheen());
        assertThat(told.maps()).isEqualTo(made.maps());
    }

    @ParameterizedTest
    @MethodSource("items")
    void makesAClothInManySmallStepsAndStopsOnceNobodyWantsIt(CatalogItem item) {
        var reports = new ArrayList<Double>();
        var progress = new Progress() {
            @Override
            public void report(double done) {
                reports.add(done);
            }

            @Override
            public boolean canceled() {
                return reports.size() == 15;
            }
        };

        assertThatExceptionOfType(TryOnException.class)
                .isThrownBy(() -> Shelf.material(item.id(), 512, new Steps(progress, 20)));
        assertThat(reports).hasSize(15).isSorted().allSatisfy(done -> assertThat(done)
                .isBetween(0.0, 1.0));
    }

    @Test
    void hasNoMaterialOfAnIdThatIsNotThere() {
        assertThat(Shelf.material("brocade", 512, Steps.unwatched())).isEmpty();
    }

    @Test
    void refusesASizeThatItDoesNotMake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shelf.material("denim", 64, Steps.unwatched()))
                .withMessage("materials are made in [512, 1024, 2048], not in 64");
    }

    @Test
    void showsAnItemWithAllItsMaps() {
        var engine = new FabricEngine();

        try (var scan = engine.material("denim", 512).orElseThrow()) {
            assertThat(scan.pictures()).containsKeys("basecolor", "normal", "normal-dx", "roughness", "ao");
            assertThat(scan.properties()).containsKeys("class", "widthMillimetres", "dotsPerInch", "repeatMillimetres");
        }
    }
}
