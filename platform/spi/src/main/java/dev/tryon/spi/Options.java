package dev.tryon.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options in force: every option of the engine with a value that it accepts. */
public final class Options {
    private final Map<String, OptionValue> values;

    private Options(Map<String, OptionValue> values) {
        this.values = Map.copyOf(values);
    }

    /** Why one option cannot be taken. @param reason for the person who sent it */
    public record Problem(String option, String reason) {}

    /** Finds everything that is wrong with the chosen values: unknown names, wrong types, values out of range. */
    public static List<Problem> check(List<OptionSpec> specs, Map<String, OptionValue> chosen) {
        var problems = new ArrayList<Problem>();
        for (var entry : chosen.entrySet()) {
            specs.stream()
                    .filter(spec -> spec.name().equals(entry.getKey()))
                    .findFirst()
                    .ifPresentOrElse(
                            spec -> spec.refuse(entry.getValue())
                                    .ifPresent(reason -> problems.add(new Problem(spec.name(), reason))),
                            () -> problems.add(new Problem(entry.getKey(), "is not an option of this engine")));
        }
        return problems;
    }

    /**
     * Completes chosen values with the defaults.
     *
     * @throws IllegalArgumentException if {@link #check} finds a problem
     */
    public static Options of(List<OptionSpec> specs, Map<String, OptionValue> chosen) {
        var problems = check(specs, chosen);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.toString());
        }
        var values = new LinkedHashMap<String, OptionValue>();
        specs.forEach(spec -> values.put(spec.name(), chosen.getOrDefault(spec.name(), spec.fallback())));
        return new Options(values);
    }

    /** Returns all values by option name. */
    public Map<String, OptionValue> values() {
        return values;
    }

    /** Returns the chosen word of an {@link OptionSpec.Choice}. */
    public String choice(String name) {
        return switch (value(name)) {
            case OptionValue.Text(var text) -> text;
            case OptionValue.Quantity _, OptionValue.Flag _ -> throw wrongType(name);
        };
    }

    /** Returns the number of an {@link OptionSpec.Range}. */
    public double number(String name) {
        return switch (value(name)) {
            case OptionValue.Quantity(var number) -> number;
            case OptionValue.Text _, OptionValue.Flag _ -> throw wrongType(name);
        };
    }

    /** Returns the colour of an {@link OptionSpec.Color}. */
    public Rgb color(String name) {
        return Rgb.parse(choice(name));
    }

    /** Returns the state of an {@link OptionSpec.Toggle}. */
    public boolean flag(String name) {
        return switch (value(name)) {
            case OptionValue.Flag(var flag) -> flag;
            case OptionValue.Text _, OptionValue.Quantity _ -> throw wrongType(name);
        };
    }

    private OptionValue value(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("not an option of this engine: " + name);
        }
        return value;
    }

    private static IllegalArgumentException wrongType(String name) {
        return new IllegalArgumentException("option read as another type than it has: " + name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Options that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
