package dev.tryon.nails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.Options;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogTest {
    @Test
    void offersManyDesignsThatCanAllBeWorn() {
        // Making the engine's info checks ids and options; looks are complete with the defaults.
        var info = new NailsEngine().info();
        assertThat(info.catalog()).hasSizeGreaterThanOrEqualTo(28);
        for (var item : info.catalog()) {
            assertThat(Polish.of(Options.of(info.options(), item.options())).color())
                    .isEqualTo(item.swatch().getFirst());
            assertThat(item.id()).matches("[a-z]+(-[a-z]+)*");
            assertThat(item.tags()).isNotEmpty();
        }
    }

    @Test
    void hasADesignOfEveryPatternAndFinish() {
        var polishes = Catalog.DESIGNS.stream()
                .map(item -> Polish.of(Options.of(Polish.OPTIONS, item.options())))
                .toList();
        assertThat(polishes.stream().map(Polish::pattern).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Pattern.values());
        assertThat(polishes.stream().map(Polish::finish).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(Finish.values()));
    }

    @Test
    void namesEveryDesignOnce() {
        var titles = new HashSet<String>();
        assertThat(Catalog.DESIGNS).extracting(CatalogItem::title).allMatch(titles::add);
    }
}
