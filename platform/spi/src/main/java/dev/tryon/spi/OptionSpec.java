package dev.tryon.spi;

import java.util.List;
import java.util.Optional;

/** One thing that a look may choose: its name, type, range and default. */
public sealed interface OptionSpec {
    /** Returns the name that looks use, in camel case. */
    String name();

    /** Returns the name that people see. */
    String title();

    /** Returns the value in force when a look names none. */
    OptionValue fallback();

    /**
     * Says why a value cannot be taken.
     *
     * @return the reason, for the person who sent it; empty if the value is good
     */
    Optional<String> refuse(OptionValue value);

    /** One of a few words. */
    record Choice(String name, String title, List<String> values, String initial) implements OptionSpec {
        /** Checks that the default is one of the values. */
        public Choice {
            values = List.copyOf(values);
            if (!values.contains(initial)) {
                throw new IllegalArgumentException("default of " + name + " is not among its values: " + initial);
            }
        }

        @Override
        public OptionValue fallback() {
            return new OptionValue.Text(initial);
        }

        @Override
        public Optional<String> refuse(OptionValue value) {
            return value instanceof OptionValue.Text(var text) && values.contains(text)
                    ? Optional.empty()
                    : Optional.of("must be one of " + String.join(", ", values));
        }
    }

    /** A number in a range, both ends included. */
    record Range(String name, String title, double least, double most, double initial) implements OptionSpec {
        /** Checks that the default lies in the range. */
        public Range {
            if (!(least <= initial && initial <= most)) {
                throw new IllegalArgumentException("default of " + name + " is out of its range: " + initial);
            }
        }

        @Override
        public OptionValue fallback() {
            return new OptionValue.Quantity(initial);
        }

        @Override
        public Optional<String> refuse(OptionValue value) {
            return value instanceof OptionValue.Quantity(var number) && least <= number && number <= most
                    ? Optional.empty()
                    : Optional.of("must be a number from " + least + " to " + most);
        }
    }

    /** A colour, written {@code #rrggbb}. */
    record Color(String name, String title, Rgb initial) implements OptionSpec {
        @Override
        public OptionValue fallback() {
            return new OptionValue.Text(initial.hex());
        }

        @Override
        public Optional<String> refuse(OptionValue value) {
            return value instanceof OptionValue.Text(var text) && text.matches("#[0-9a-fA-F]{6}")
                    ? Optional.empty()
                    : Optional.of("must be a colour written #rrggbb");
        }
    }

    /** On or off. */
    record Toggle(String name, String title, boolean initial) implements OptionSpec {
        @Override
        public OptionValue fallback() {
            return new OptionValue.Flag(initial);
        }

        @Override
        public Optional<String> refuse(OptionValue value) {
            return value instanceof OptionValue.Flag ? Optional.empty() : Optional.of("must be true or false");
        }
    }
}
