package dev.tryon.nails;

import dev.tryon.spi.OptionSpec;
import dev.tryon.spi.Options;
import dev.tryon.spi.Rgb;
import java.util.List;

/**
 * What is painted: a look's options as the painter reads them.
 *
 * @param color the main colour
 * @param accent the second colour: of tips, flakes, veins and flowers
 * @param coverage how much of the nail the polish hides, 0.2 (a tint) to 1 (cream)
 * @param shine how strong the finish is, 0..1
 * @param detail how much of the pattern there is, 0..1: depth of a tip, number of flakes, veins or flowers
 */
record Polish(Pattern pattern, Finish finish, Rgb color, Rgb accent, double coverage, double shine, double detail) {
    static final String PATTERN = "pattern";
    static final String COLOR = "color";
    static final String ACCENT = "accent";
    static final String FINISH = "finish";
    static final String COVERAGE = "coverage";
    static final String SHINE = "shine";
    static final String DETAIL = "detail";

    /** What a look may choose, in the order to be shown. */
    static final List<OptionSpec> OPTIONS = List.of(
            new OptionSpec.Choice(PATTERN, "Design", Pattern.words(), Pattern.SOLID.word()),
            new OptionSpec.Color(COLOR, "Colour", new Rgb(0xB8, 0x12, 0x2F)),
            new OptionSpec.Color(ACCENT, "Second colour", new Rgb(0xFF, 0xFA, 0xF2)),
            new OptionSpec.Choice(FINISH, "Finish", Finish.words(), Finish.GLOSSY.word()),
            new OptionSpec.Range(COVERAGE, "Coverage", 0.2, 1, 1),
            new OptionSpec.Range(SHINE, "Shine", 0, 1, 0.6),
            new OptionSpec.Range(DETAIL, "Detail", 0, 1, 0.5));

    /** Reads a look's options. */
    static Polish of(Options options) {
        return new Polish(
                Pattern.of(options.choice(PATTERN)),
                Finish.of(options.choice(FINISH)),
                options.color(COLOR),
                options.color(ACCENT),
                options.number(COVERAGE),
                options.number(SHINE),
                options.number(DETAIL));
    }
}
