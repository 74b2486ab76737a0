package dev.tryon.fabric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Marks of a ruler along a strip.
 *
 * @param millimetresPerPixel along the strip
 * @param likeness of their lengths to those of a ruler's marks: a correlation, at most 1
 * @param outline corners of where the ruler lies in the picture
 */
record Marks(double millimetresPerPixel, double likeness, List<Spot> outline) {
    private static final double LEAST_LIKENESS = 0.72;
    private static final int LEAST_CYCLES = 2;
    /** By how much one kind of mark is longer than another, in their spacing. */
    private static final double LEAST_RISE = 0.25;

    /** How wide a ruler may be, and how far it goes on beyond its last mark, in millimetres. */
    private static final double WIDTH = 34;

    private static final double ENDS = 8;

    /** Copies the outline. */
    Marks {
        outline = List.copyOf(outline);
    }

    /** Returns what along a strip is like the marks of a ruler. */
    static List<Marks> of(Strip strip) {
        return Rhythm.strongest(strip).stream()
                .flatMap(rhythm -> Beat.follow(strip, rhythm).stream())
                .flatMap(beat -> read(beat).stream())
                .toList();
    }

    private static Optional<Marks> read(Beat beat) {
        var level = beat.upright();
        return Rule.ALL.stream()
                .flatMap(rule -> read(level, rule).stream())
                .max(Comparator.comparingDouble(Marks::likeness));
    }

    private static Optional<Marks> read(Beat beat, Rule rule) {
        var lengths = beat.lengths();
        if (lengths.size() < LEAST_CYCLES * rule.cycle() + 1) {
            return Optional.empty();
        }
        var best = -1.0;
        for (var first = 0; first < rule.cycle(); first++) {
            if (rule.rises(lengths, first, beat.spacing())) {
                best = Math.max(best, rule.likeness(lengths, first));
            }
        }
        return best < LEAST_LIKENESS ? Optional.empty() : Optional.of(of(beat, rule, best));
    }

    private static Marks of(Beat beat, Rule rule, double likeness) {
        var scale = rule.millimetres() / beat.spacing();
        var left = beat.first() - ENDS / scale;
        var right = beat.last() + ENDS / scale;
        var foot = beat.foot();
        var far = foot + beat.tipwards() * WIDTH / scale;
        var near = foot - beat.tipwards() / scale;
        var strip = beat.strip();
        return new Marks(
                scale,
                likeness,
                List.of(
                        strip.place(left, near),
                        strip.place(right, near),
                        strip.place(right, far),
                        strip.place(left, far)));
    }

    /**
     * How the marks of a ruler are apart and which of them are longer.
     *
     * @param cycle of how many marks the lengths repeat
     * @param longer marks whose number one of these divides are longer, by each once more
     */
    private record Rule(double millimetres, int cycle, List<Integer> longer) {
        static final List<Rule> ALL =
                List.of(new Rule(1, 10, List.of(10, 5)), new Rule(25.4 / 16, 16, List.of(16, 8, 4, 2)));

        /** Returns the correlation of lengths with those expected if the first mark is this one of the cycle. */
        double likeness(List<Double> lengths, int first) {
            var expected = new ArrayList<Double>();
            for (var at = 0; at < lengths.size(); at++) {
                var mark = at + first;
                expected.add((double)
                        longer.stream().filter(every -> mark % every == 0).count());
            }
            return correlation(lengths, expected);
        }

        /** Returns whether each kind of mark is longer than the next shorter one: cloth may have two lengths, not three. */
        boolean rises(List<Double> lengths, int first, double spacing) {
            var sums = new double[longer.size() + 1];
            var counts = new int[sums.length];
            for (var at = 0; at < lengths.size(); at++) {
                var mark = at + first;
                var kind =
                        (int) longer.stream().filter(every -> mark % every == 0).count();
                sums[kind] += lengths.get(at);
                counts[kind]++;
            }
            for (var kind = 1; kind < sums.length; kind++) {
                if (!(sums[kind] / counts[kind] > sums[kind - 1] / counts[kind - 1] + LEAST_RISE * spacing)) {
                    return false;
                }
            }
            return true;
        }

        private static double correlation(List<Double> one, List<Double> other) {
            var meanOne =
                    one.stream().mapToDouble(Double::doubleValue).average().orElse(0);
            var meanOther =
                    other.stream().mapToDouble(Double::doubleValue).average().orElse(0);
            var both = 0.0;
            var first = 1e-9;
            var second = 1e-9;
            for (var at = 0; at < one.size(); at++) {
                var x = one.get(at) - meanOne;
                var y = other.get(at) - meanOther;
                both += x * y;
                first += x * x;
                second += y * y;
            }
            return both / Math.sqrt(first * second);
        }
    }
}
