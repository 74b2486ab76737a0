package dev.tryon.testkit;

import dev.tryon.server.Arguments;
import dev.tryon.server.Engines;
import dev.tryon.spi.Frame;
import dev.tryon.spi.MaterialEngine;
import dev.tryon.spi.OptionValue;
import dev.tryon.spi.Options;
import dev.tryon.spi.Progress;
import dev.tryon.spi.ScanEngine;
import dev.tryon.spi.ScanEngine.Property;
import dev.tryon.spi.ScanEngine.Scan;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.FrameCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;
import org.opencv.imgproc.Imgproc;

/**
 * How right the size of a tile is that a scan tells by a coin or a ruler in a drawn photograph, and how often a scan
 * sees one where there is none: what lies there is asked for once, and once the other.
 */
final class ScaleBench {
    private static final int WIDTH = 2400;
    private static final int HEIGHT = 1800;
    private static final int PICTURES = 48;

    private final ScanEngine engine;
    private final FrameCodec codec;
    private final Map<String, Tally> tallies = new TreeMap<>();

    private ScaleBench(ScanEngine engine, FrameCodec codec) {
        this.engine = engine;
        this.codec = codec;
    }

    /** Measures; {@code --pictures N} draws N photographs. */
    static List<BenchRow> run(Arguments arguments) {
        var count = arguments.option("pictures").map(Integer::parseInt).orElse(PICTURES);
        try (var engines = Engines.discover(Path.of("none"), _ -> Map.of(), InstantSource.system());
                var codec = new FrameCodec()) {
            var materials = engines.ready("fabric", MaterialEngine.class)
                    .orElseThrow(() -> new IllegalStateException("the fabric engine does not load"));
            var bench = new ScaleBench(engines.ready("fabric", ScanEngine.class).orElseThrow(), codec);
            new ScaleCases(materials, new ClothStudio(codec, WIDTH, HEIGHT), count).forEach(bench::measure);
            bench.measureNone(arguments);
            return bench.tallies.entrySet().stream()
                    .map(entry -> entry.getValue().row(entry.getKey()))
                    .toList();
        }
    }

    private void measure(ScaleCases.Case taken) {
        var coin = !taken.reference().equals("ruler");
        var group = coin ? "a coin" : "a ruler";
        try (var photo = codec.decodeUpload(ByteBuffer.wrap(taken.photograph().jpeg()))) {
            scan(photo, taken.reference(), group, taken.photograph().truth());
            scan(
                    photo,
                    coin ? "ruler" : "1-euro",
                    "the other is asked for",
                    taken.photograph().truth());
        }
    }

    /** Asks for both in photographs of what is shared, which show neither. */
    private void measureNone(Arguments arguments) {
        var home = Path.of(System.getProperty("tryon.home", "."));
        var data = arguments
                .option("shared")
                .map(Path::of)
                .orElse(home.resolve("../shared"))
                .resolve("data/fabric");
        if (!Files.isDirectory(data)) {
            System.err.println("tryon: no photographs in " + data.normalize() + ": only drawn ones are measured");
            return;
        }
        for (var known : new ClothSet(data).photos()) {
            try (var photo = codec.decodeUpload(ByteBuffer.wrap(Files.readAllBytes(known.file())))) {
                for (var reference : List.of("ruler", "1-euro")) {
                    var tally = tally("photographs with neither");
                    try (var scan = scan(photo, reference)) {
                        tally.seen += scan.properties().containsKey("confidenceScale") ? 1 : 0;
                    }
                    tally.asked++;
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private void scan(Frame photo, String reference, String group, ClothTruth truth) {
        var tally = tally(group);
        tally.asked++;
        try (var scan = scan(photo, reference)) {
            if (scan.properties().get("widthMillimetres") instanceof Property.Quantity(var width)
                    && scan.properties().get("heightMillimetres") instanceof Property.Quantity(var height)) {
                tally.seen++;
                var sides = sides(truth, scan);
                tally.errors.add(100 * Math.abs(Math.sqrt(width * height / sides.x / sides.y) - 1));
                tally.wrong += Math.abs(width / sides.x - 1) > 0.05 || Math.abs(height / sides.y - 1) > 0.05 ? 1 : 0;
            }
        } catch (TryOnException failure) {
            tally.refused++;
        }
    }

    private Scan scan(Frame photo, String reference) {
        var options = Map.<String, OptionValue>of(
                "reference", new OptionValue.Text(reference), "size", new OptionValue.Text("512"));
        return engine.scan(photo, Options.of(engine.info().options(), options), Progress.UNWATCHED);
    }

    private Tally tally(String group) {
        return tallies.computeIfAbsent(group, _ -> new Tally());
    }

    /** Returns how wide and high a tile is in truth, in millimetres. */
    private static Point sides(ClothTruth truth, Scan scan) {
        var photo = new MatOfPoint2f(truth.corners().stream()
                .map(corner -> new Point(corner.x() - 0.5, corner.y() - 0.5))
                .toArray(Point[]::new));
        var cloth = new MatOfPoint2f(
                new Point(0, 0),
                new Point(truth.widthMillimetres(), 0),
                new Point(truth.widthMillimetres(), truth.heightMillimetres()),
                new Point(0, truth.heightMillimetres()));
        var numbers =
                ((Property.Numbers) scan.properties().getOrDefault("tile", new Property.Numbers(List.of()))).values();
        var tile = new MatOfPoint2f(
                new Point(numbers.get(0), numbers.get(1)),
                new Point(numbers.get(2), numbers.get(3)),
                new Point(numbers.get(6), numbers.get(7)));
        var map = Imgproc.getPerspectiveTransform(photo, cloth);
        Core.perspectiveTransform(tile, tile, map);
        var places = tile.toArray();
        for (var mat : new Mat[] {photo, cloth, tile, map}) {
            mat.release();
        }
        return new Point(
                Math.hypot(places[1].x - places[0].x, places[1].y - places[0].y),
                Math.hypot(places[2].x - places[0].x, places[2].y - places[0].y));
    }

    private static final class Tally {
        private final Percentiles errors = new Percentiles();
        private int asked;
        private int seen;
        private int wrong;
        private int refused;

        BenchRow row(String group) {
            var metrics = new TreeMap<String, Double>();
            metrics.put("asked", (double) asked);
            metrics.put("seen", (double) seen);
            metrics.put("photosRefused", (double) refused);
            if (errors.count() > 0) {
                metrics.put("errorPercentP50", errors.at(0.5));
                metrics.put("errorPercentP90", errors.at(0.9));
                metrics.put("errorPercentMost", errors.at(1));
                metrics.put("aSideWrongByFivePercent", (double) wrong);
            }
            return new BenchRow(group, "ours", metrics);
        }
    }
}
