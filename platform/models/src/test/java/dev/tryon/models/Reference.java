package dev.tryon.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.tryon.spi.Tensor;
import java.io.IOException;
import java.util.List;

/**
 * What a publisher's interpreter made of one output: a line of what {@code references/record.py} writes.
 *
 * @param picture what it was given, see {@link #picture}
 * @param apart the largest difference between the interpreter's own two sets of kernels
 * @param largest magnitude of a number
 * @param samples numbers at places that {@link #mixed} chooses
 * @param sums as many, each of one part of the numbers, weighted, so that every number counts
 */
record Reference(
        String file,
        String picture,
        int count,
        double apart,
        double largest,
        double mean,
        double magnitude,
        List<Double> samples,
        List<Double> sums) {
    private static final double TOLERANCE = 1e-3;
    private static final int SAMPLES_FROM = 8;
    private static final int SAMPLES = 64;

    static List<Reference> all() throws IOException {
        try (var lines = Reference.class.getResourceAsStream("references.txt")) {
            assertThat(lines).isNotNull();
            return new String(lines.readAllBytes(), UTF_8)
                    .lines()
                    .map(Reference::of)
                    .toList();
        }
    }

    private static Reference of(String line) {
        var words = List.of(line.split(" "));
        var figures =
                words.subList(3, words.size()).stream().map(Double::valueOf).toList();
        return new Reference(
                words.get(0),
                words.get(1),
                figures.get(0).intValue(),
                figures.get(1),
                figures.get(2),
                figures.get(3),
                figures.get(4),
                figures.subList(SAMPLES_FROM - 3, SAMPLES_FROM - 3 + SAMPLES),
                figures.subList(SAMPLES_FROM - 3 + SAMPLES, figures.size()));
    }

    /**
     * A thousandth, of the largest number where that is below 1; but one network is so ill-conditioned that the
     * interpreter's own two sets of kernels are further apart than that.
     */
    private double tolerance() {
        return Math.max(TOLERANCE * Math.min(1, largest), 2 * apart);
    }

    /** Fails unless numbers are the recorded ones. */
    void assertGiven(float... numbers) {
        assertThat(numbers).hasSize(count);
        var sum = 0.0;
        var magnitudes = 0.0;
        var most = 0.0;
        for (var number : numbers) {
            sum += number;
            magnitudes += Math.abs(number);
            most = Math.max(most, Math.abs(number));
        }
        assertClose("largest magnitude", most, largest);
        assertClose("mean", sum / count, mean);
        assertClose("mean magnitude", magnitudes / count, magnitude);
        for (var sample = 0; sample < SAMPLES; sample++) {
            var place = (int) ((double) mixed(sample) * count);
            assertClose("number " + place, numbers[place], samples.get(sample));
        }
        for (var part = 0; part < SAMPLES; part++) {
            var begin = (int) ((long) part * count / SAMPLES);
            var end = (int) ((part + 1L) * count / SAMPLES);
            var weighted = 0.0;
            for (var place = begin; place < end; place++) {
                weighted += (double) numbers[place] * mixed(place);
            }
            var size = Math.max(1, end - begin);
            assertClose("part " + part, weighted / size, sums.get(part) / size);
        }
    }

    private void assertClose(String what, double actual, double recorded) {
        assertThat(actual).describedAs("%s, %s: %s", file, picture, what).isCloseTo(recorded, offset(tolerance()));
    }

    /** The pictures of {@code record.py}. @param shape channels before rows and columns */
    static Tensor picture(String kind, List<Integer> shape) {
        var picture =
                Tensor.allocate(shape.stream().mapToLong(Integer::longValue).toArray());
        var channels = shape.get(1);
        var height = shape.get(2);
        var width = shape.get(3);
        for (var channel = 0; channel < channels; channel++) {
            for (var place = 0; place < height * width; place++) {
                var x = place % width;
                var y = place / width;
                var shade =
                        switch (kind) {
                            case "waves" -> Math.abs((3 * x + 5 * y + 40 * channel) % 256 - 128) * 3 / 2;
                            case "person" ->
                                person(channel, (2 * x + 1) * 128 / width - 128, (2 * y + 1) * 128 / height - 128);
                            default -> throw new IllegalArgumentException(kind);
                        };
                picture.values()
                        .put(
                                channel * height * width + place,
                                shade / 256f + mixed(place * channels + channel) * 0.125f);
            }
        }
        return picture;
    }

    /** Somebody before a wall, the last part that a place is in on top. */
    private static int person(int channel, int x, int y) {
        var eye = Math.abs(x) - 17;
        int[] colour;
        if (Math.abs(x) < 4 && Math.abs(y + 20) < 12) {
            colour = new int[] {185, 135, 110};
        } else if (x * x + 9 * (y - 3) * (y - 3) <= 200) {
            colour = new int[] {170, 80, 80};
        } else if (eye * eye + 4 * (y + 40) * (y + 40) <= 64) {
            colour = new int[] {50, 35, 30};
        } else if (5 * x * x + 3 * (y + 30) * (y + 30) <= 8100) {
            colour = new int[] {215, 165, 140};
        } else if (4 * x * x + 3 * (y + 45) * (y + 45) <= 11_025) {
            colour = new int[] {45, 30, 25};
        } else if (Math.abs(x) < 20 && Math.abs(y - 15) < 25) {
            colour = new int[] {190, 140, 115};
        } else if (4 * x * x + 3 * (y - 120) * (y - 120) <= 40_000) {
            colour = new int[] {40, 60, 120};
        } else {
            colour = new int[] {96, 96, 96};
        }
        return colour[Math.min(channel, 2)];
    }

    /** The finaliser of MurmurHash3 over multiples of the golden ratio, as 24 bits of 0 <= x < 1. */
    private static float mixed(int index) {
        var bits = index * 0x9E3779B1;
        bits = (bits ^ bits >>> 16) * 0x85EBCA6B;
        bits = (bits ^ bits >>> 13) * 0xC2B2AE35;
        bits ^= bits >>> 16;
        return (bits >>> 8) / (float) (1 << 24);
    }
}
