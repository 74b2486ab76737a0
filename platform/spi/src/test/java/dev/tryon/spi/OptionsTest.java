package dev.tryon.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final List<OptionSpec> SPECS = List.of(
            new OptionSpec.Choice("finish", "Finish", List.of("glossy", "matte"), "glossy"),
            new OptionSpec.Range("opacity", "Opacity", 0, 1, 0.9),
            new OptionSpec.Color("color", "Colour", Rgb.parse("#c01030")),
            new OptionSpec.Toggle("tips", "Tips", false));

    @Test
    void completesWhatWasChosenWithTheDefaults() {
        var options = Options.of(SPECS, Map.of("finish", new OptionValue.Text("matte")));

        assertThat(options.choice("finish")).isEqualTo("matte");
        assertThat(options.number("opacity")).isEqualTo(0.9);
        assertThat(options.color("color")).isEqualTo(new Rgb(0xC0, 0x10, 0x30));
        assertThat(options.flag("tips")).isFalse();
    }

    @Test
    void findsEveryProblemAtOnce() {
        var problems = Options.check(
                SPECS,
                Map.of(
                        "finish", new OptionValue.Text("wet"),
                        "opacity", new OptionValue.Quantity(1.5),
                        "color", new OptionValue.Text("red"),
                        "tips", new OptionValue.Text("true"),
                        "size", new OptionValue.Quantity(3)));

        assertThat(problems)
                .extracting(Options.Problem::option)
                .containsExactlyInAnyOrder("finish", "opacity", "color", "tips", "size");
    }

    @Test
    void refusesNumbersThatAreNone() {
        assertThat(Options.check(SPECS, Map.of("opacity", new OptionValue.Quantity(Double.NaN))))
                .hasSize(1);
    }

    @Test
    void refusesACatalogueItemThatCannotBeWorn() {
        var item = new CatalogItem(
                "a", "A", "c", List.of(), List.of(new Rgb(0, 0, 0)), Map.of("opacity", new OptionValue.Quantity(2)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineInfo(
                        "nails", "Nails", "1", SPECS, List.of(item), new EngineInfo.ResourceEstimate(1, 1)));
    }
}
