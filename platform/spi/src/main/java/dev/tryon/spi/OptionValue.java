package dev.tryon.spi;

/** What a look chose for one option. */
public sealed interface OptionValue {
    /** A word or a colour. */
    record Text(String value) implements OptionValue {}

    /** A number. */
    record Quantity(double value) implements OptionValue {}

    /** On or off. */
    record Flag(boolean value) implements OptionValue {}
}
