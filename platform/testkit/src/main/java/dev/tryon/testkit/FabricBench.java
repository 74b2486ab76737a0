package dev.tryon.testkit;

import dev.tryon.server.Arguments;
import dev.tryon.server.Engines;
import dev.tryon.spi.Frame;
import dev.tryon.spi.MaterialEngine;
import dev.tryon.spi.OptionValue;
import dev.tryon.spi.ScanEngine;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.FrameCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * How good the maps are that the fabric engine makes of photographs, and how long they take, beside a script that
 * does what is usual: CLAHE, cross-fade, Sobel.
 *
 * <p>Photographs, and the base colours of the materials in them as photographs that fill the picture, come from
 * {@code data/fabric} of what is shared; drawn cloth from the engine's own materials under cameras and lights of the
 * studio. Normals are compared where the scan says that its tile lies in the photograph.
 */
final class FabricBench {
    private static final int DRAWN_SIDE = 512;
    private static final int DRAWN_WIDTH = 1440;
    private static final int DRAWN_HEIGHT = 1080;

    private final ScanEngine engine;
    private final FrameCodec codec;
    private final ClothSet set;

    private FabricBench(ScanEngine engine, FrameCodec codec, ClothSet set) {
        this.engine = engine;
        this.codec = codec;
        this.set = set;
    }

    /**
     * Measures; {@code --pictures N} draws N photographs of each material, {@code --skip M} leaves out the first M, and
     * {@code --only ITEM} draws one material alone and measures nothing else. {@code --sheet FILE} draws a contact sheet of
     * every photograph and every material, and measures nothing.
     */
    static List<BenchRow> run(Arguments arguments) {
        var home = Path.of(System.getProperty("tryon.home", "."));
        var set = new ClothSet(data(arguments, home));
        try (var engines = Engines.discover(Path.of("none"), _ -> Map.of(), InstantSource.system());
                var codec = new FrameCodec()) {
            var engine = engines.ready("fabric", ScanEngine.class)
                    .orElseThrow(() -> new IllegalStateException("the fabric engine does not load"));
            var bench = new FabricBench(engine, codec, set);
            var rows = new ArrayList<BenchRow>();
            if (arguments.option("sheet").isPresent()) {
                bench.sheet(Path.of(arguments.required("sheet")));
                return rows;
            }
            scan(engine, codec, set.photos().getFirst().file(), Map.of())
                    .scan()
                    .close(); // compiles what is to be measured
            if (arguments.option("only").isEmpty()) {
                var photos = bench.photos();
                photos.addTo(rows, "photographs", "ours");
                bench.peerPhotos(home).ifPresent(tally -> tally.addTo(rows, "photographs", "opencv-script"));
                photos.addMaterialsTo(rows, "photographs", "ours");
                photos.addGuessesTo(rows, "photographs", "ours");
                bench.bases(Hint.NONE).addTo(rows, "base colours", "ours");
                bench.bases(Hint.CLASS).addTo(rows, "base colours, class given", "ours");
            }
            if (engine instanceof MaterialEngine materials) {
                bench.drawn(materials, arguments, rows);
            }
            return rows;
        }
    }

    private void sheet(Path file) {
        var photos = set.photos();
        var items = engine.info().catalog().size();
        try (var sheet = new ScanSheet(photos.size() + items)) {
            for (var photo : photos) {
                add(sheet, Files.readAllBytes(photo.file()));
            }
            if (engine instanceof MaterialEngine materials) {
                var studio = new ClothStudio(codec, DRAWN_WIDTH, DRAWN_HEIGHT);
                new ClothCases(materials, studio, 1024, 0, 1)
                        .forEach(
                                Optional.empty(),
                                taken -> add(sheet, taken.photograph().jpeg()));
            }
            sheet.write(codec, file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void add(ScanSheet sheet, byte[] jpeg) {
        try (var frame = codec.decodeUpload(
                ByteBuffer.allocateDirect(jpeg.length).put(jpeg).flip())) {
            try (var scanned = Scanned.of(engine, codec, frame, Map.of())) {
                sheet.add(frame, scanned);
            } catch (TryOnException _) {
                sheet.addRefused(frame);
            }
        }
    }

    private static Path data(Arguments arguments, Path home) {
        var data = arguments
                .option("shared")
                .map(Path::of)
                .orElse(home.resolve("../shared"))
                .resolve("data/fabric");
        if (!Files.isDirectory(data)) {
            throw new Arguments.UsageException("there are no pictures in " + data.normalize() + ": say --shared DIR");
        }
        return data;
    }

    private enum Hint {
        NONE,
        CLASS
    }

    private FabricTally photos() {
        var tally = new FabricTally();
        for (var photo : set.photos()) {
            try (var scanned = scan(engine, codec, photo.file(), Map.of())) {
                tally.add(score(scanned, photo.material(), photo.corners()));
            }
        }
        return tally;
    }

    private ClothScore score(Scanned scanned, String material, List<Point> corners) {
        var truth = set.truth(material);
        var side = scanned.picture("basecolor").rows();
        return ClothScore.of(
                material,
                truth.kind(),
                scanned,
                corners,
                TrueCloth.of(truth, corners, scanned.places("tile"), side),
                Optional.of(truth.roughness()));
    }

    private Optional<FabricTally> peerPhotos(Path home) {
        return OpenCvScript.run(home, set.photos()).map(results -> {
            var tally = new FabricTally();
            for (var result : results) {
                var material = result.photo().material();
                var truth = set.truth(material);
                var base = picture(result, "basecolor");
                var normal = picture(result, "normal");
                var corners = result.photo().corners();
                var known = TrueCloth.of(truth, corners, result.corners(), base.rows());
                tally.add(new ClothScore(
                        material,
                        truth.kind(),
                        "none",
                        ScanQuality.cornerErrors(result.corners(), corners),
                        LightQuality.of(base, known),
                        TileQuality.of(base, known),
                        ScanQuality.normals(normal, known.normal()),
                        Optional.empty(),
                        Optional.of(Math.abs(Core.mean(picture(result, "roughness")).val[0] / 255 - truth.roughness())),
                        result.millis(),
                        result.millis()));
            }
            return tally;
        });
    }

    private static Mat picture(OpenCvScript.Result result, String name) {
        return Imgcodecs.imread(result.folder().resolve(name + ".png").toString());
    }

    private FabricTally bases(Hint hint) {
        var tally = new FabricTally();
        for (var name : set.names()) {
            var truth = set.truth(name);
            var last = truth.base().cols() - 1;
            var corners = List.of(new Point(0, 0), new Point(last, 0), new Point(last, last), new Point(0, last));
            try (var scanned = scan(engine, codec, truth.file(), options(hint, truth.kind()))) {
                tally.add(score(scanned, name, corners));
            }
        }
        return tally;
    }

    private void drawn(MaterialEngine materials, Arguments arguments, List<BenchRow> rows) {
        var guessed = new FabricTally();
        var given = new FabricTally();
        var studio = new ClothStudio(codec, DRAWN_WIDTH, DRAWN_HEIGHT);
        var first = arguments.number("skip", 0);
        var cases = new ClothCases(materials, studio, 1024, first, arguments.number("pictures", ClothCases.EACH));
        cases.forEach(arguments.option("only"), taken -> {
            score(taken, Hint.NONE, guessed);
            score(taken, Hint.CLASS, given);
        });
        guessed.addTo(rows, "drawn cloth", "ours");
        given.addTo(rows, "drawn cloth, class given", "ours");
        guessed.addMaterialsTo(rows, "drawn cloth", "ours");
        guessed.addGuessesTo(rows, "drawn cloth", "ours");
    }

    private void score(ClothCases.Case taken, Hint hint, FabricTally tally) {
        var truth = taken.photograph().truth();
        var material = taken.item().id();
        var kind = taken.item().category().toLowerCase(Locale.ROOT);
        var jpeg = taken.photograph().jpeg();
        var bytes = ByteBuffer.allocateDirect(jpeg.length).put(jpeg).flip();
        try (var frame = codec.decodeUpload(bytes);
                var scanned = Scanned.of(engine, codec, frame, options(hint, kind))) {
            tally.add(ClothScore.of(
                    material,
                    kind,
                    scanned,
                    TrueCloth.corners(truth),
                    TrueCloth.of(taken.maps(), truth, scanned.places("tile"), DRAWN_SIDE),
                    Optional.empty()));
        } catch (TryOnException failure) {
            tally.refused(material, failure.code().toString());
        }
    }

    private static Map<String, OptionValue> options(Hint hint, String kind) {
        return switch (hint) {
            case NONE -> Map.of();
            case CLASS -> Map.of("class", new OptionValue.Text(kind));
        };
    }

    private static Scanned scan(ScanEngine engine, FrameCodec codec, Path file, Map<String, OptionValue> options) {
        try {
            var bytes = Files.readAllBytes(file);
            try (Frame frame = codec.decodeUpload(
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip())) {
                return Scanned.of(engine, codec, frame, options);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
