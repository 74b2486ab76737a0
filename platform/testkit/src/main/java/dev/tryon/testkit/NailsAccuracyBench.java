package dev.tryon.testkit;

import dev.tryon.server.Arguments;
import dev.tryon.server.Engines;
import dev.tryon.spi.CaptureEngine;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Look;
import dev.tryon.spi.Options;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.Patch;
import dev.tryon.spi.Progress;
import dev.tryon.vision.FrameCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How well the paint of the nails engine covers nails that people marked.
 *
 * <p>Paint is where a patch's alpha is at least one half; a patch is a nail. Skin tone is the individual typology angle
 * (Chardon 1991) of the skin around the marked nails, in terciles over the pictures; size is the square root of a nail's
 * area, in pixels of the picture.
 */
final class NailsAccuracyBench {
    private static final Set<String> PICTURES = Set.of("jpg", "jpeg", "png", "webp");

    private final CaptureEngine engine;
    private final FrameCodec codec;
    private final Look look;

    NailsAccuracyBench(CaptureEngine engine, FrameCodec codec) {
        this.engine = engine;
        this.codec = codec;
        this.look = Look.of(Options.of(engine.info().options(), Map.of()));
    }

    /**
     * Measures on {@code nails/valid}, on the plain hands that training never saw, and on pictures without nails.
     *
     * <p>The names of the last two lie beside the training code, which keeps to them too.
     */
    static List<BenchRow> run(Arguments arguments) {
        var home = Path.of(System.getProperty("tryon.home", "."));
        var data = arguments
                .option("shared")
                .map(Path::of)
                .orElse(home.resolve("../shared"))
                .resolve("data");
        var model = home.resolve("plugins/nails/model");
        if (!Files.isDirectory(data)) {
            throw new Arguments.UsageException("there are no pictures in " + data.normalize() + ": say --shared DIR");
        }
        try (var engines = Engines.discover(Path.of("none"), _ -> Map.of(), InstantSource.system());
                var codec = new FrameCodec()) {
            var engine = engines.ready("nails", CaptureEngine.class)
                    .orElseThrow(() -> new IllegalStateException("the nails engine does not load"));
            var bench = new NailsAccuracyBench(engine, codec);
            var rows = new ArrayList<BenchRow>();
            rows.addAll(bench.withNails("valid", pictures(data.resolve("nails/valid/images"))));
            rows.addAll(bench.withNails(
                    "plain hands", named(model.resolve("plain-hands.txt"), data.resolve("nails/train/images"))));
            rows.add(bench.withoutNails("without nails", named(model.resolve("nail-free.txt"), data)));
            return rows;
        }
    }

    private static List<Path> named(Path list, Path folder) {
        try {
            return Files.readAllLines(list).stream()
                    .filter(name -> !name.isBlank())
                    .map(folder::resolve)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What the engine made of one picture. */
    private record Sample(double skinAngle, List<BitSet> truth, List<BitSet> paint) {}

    /** Measures on pictures whose labels lie beside them; pictures that nobody marked are left out. */
    List<BenchRow> withNails(String name, List<Path> pictures) {
        var samples = new ArrayList<Sample>();
        for (var picture : pictures) {
            try (var frame = read(codec, picture)) {
                var truth = NailTruth.read(NailTruth.labelsOf(picture), frame.width(), frame.height());
                if (!truth.nails().isEmpty()) {
                    samples.add(
                            new Sample(SkinTone.typologyAngle(frame, truth.together()), truth.nails(), paint(frame)));
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        var rows = new ArrayList<BenchRow>();
        rows.add(row(name, samples));
        samples.sort(Comparator.comparingDouble(Sample::skinAngle));
        int count = samples.size();
        rows.add(row(name + ", darkest third of skin", samples.subList(0, count / 3)));
        rows.add(row(name + ", middle third of skin", samples.subList(count / 3, 2 * count / 3)));
        rows.add(row(name + ", lightest third of skin", samples.subList(2 * count / 3, count)));
        rows.addAll(bySize(name, samples));
        return rows;
    }

    /** Measures how often paint goes onto pictures that have no nails. */
    BenchRow withoutNails(String name, List<Path> pictures) {
        long withPaint = 0;
        long paintedPixels = 0;
        long pixels = 0;
        for (var picture : pictures) {
            try (var frame = read(codec, picture)) {
                long painted = AccuracyTally.together(paint(frame)).cardinality();
                withPaint += painted > 0 ? 1 : 0;
                paintedPixels += painted;
                pixels += (long) frame.width() * frame.height();
            }
        }
        return ours(
                name,
                Map.of(
                        "pictures", (double) pictures.size(),
                        "falsePaintShareOfPictures", (double) withPaint / pictures.size(),
                        "falsePaintShareOfPixels", (double) paintedPixels / pixels));
    }

    private static BenchRow row(String name, List<Sample> samples) {
        var tally = new AccuracyTally();
        samples.forEach(sample -> tally.add(sample.truth, sample.paint));
        return ours(name, tally.metrics());
    }

    private static List<BenchRow> bySize(String name, List<Sample> samples) {
        var sizes = List.of("under 20 px", "20 to 40 px", "over 40 px");
        var tallies = new TreeMap<Integer, AccuracyTally>();
        for (var sample : samples) {
            for (var nail : sample.truth) {
                double size = Math.sqrt(nail.cardinality());
                double best = sample.paint.stream()
                        .mapToDouble(paint -> AccuracyTally.iou(nail, paint))
                        .max()
                        .orElse(0);
                tallies.computeIfAbsent(size < 20 ? 0 : size <= 40 ? 1 : 2, _ -> new AccuracyTally())
                        .addNail(best);
            }
        }
        return tallies.entrySet().stream()
                .map(entry -> ours(
                        name + ", nails " + sizes.get(entry.getKey()),
                        entry.getValue().metrics()))
                .toList();
    }

    private static BenchRow ours(String scenario, Map<String, Double> metrics) {
        return new BenchRow(scenario, "ours", metrics);
    }

    private List<BitSet> paint(Frame frame) {
        try (var outcome = engine.capture(frame, look, Progress.UNWATCHED)) {
            return switch (outcome) {
                case Outcome.Overlaid overlaid ->
                    overlaid.patches().stream()
                            .map(patch -> pixels(patch, frame.width()))
                            .toList();
                case Outcome.Rejected _ -> List.of();
                case Outcome.Painted _ -> throw new IllegalStateException("the nails engine answers with patches");
            };
        }
    }

    private static BitSet pixels(Patch patch, int frameWidth) {
        var pixels = new BitSet();
        for (int y = 0; y < patch.height(); y++) {
            for (int x = 0; x < patch.width(); x++) {
                if (patch.paints(x, y)) {
                    pixels.set((patch.y() + y) * frameWidth + patch.x() + x);
                }
            }
        }
        return pixels;
    }

    /** Reads a picture, which the caller closes. */
    static Frame read(FrameCodec codec, Path picture) {
        try {
            var bytes = Files.readAllBytes(picture);
            return codec.decodeUpload(
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns the pictures of a folder, by name. */
    static List<Path> pictures(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> PICTURES.contains(extension(file)))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String extension(Path file) {
        var name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
