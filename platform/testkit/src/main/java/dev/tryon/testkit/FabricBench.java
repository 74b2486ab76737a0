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
    private static final int DRAWN_EACH = 17;
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

    /** Measures; {@code --pictures N} draws N photographs of each material. */
    static List<BenchRow> run(Arguments arguments) {
        var home = Path.of(System.getProperty("tryon.home", "."));
        var data = arguments
                .option("shared")
                .map(Path::of)
                .orElse(home.resolve("../shared"))
                .resolve("data/fabric");
        if (!Files.isDirectory(data)) {
            throw new Arguments.UsageException("there are no pictures in " + data.normalize() + ": say --shared DIR");
        }
        try (var engines = Engines.discover(Path.of("none"), _ -> Map.of(), InstantSource.system());
                var codec = new FrameCodec()) {
            var engine = engines.ready("fabric", ScanEngine.class)
                    .orElseThrow(() -> new IllegalStateException("the fabric engine does not load"));
            var bench = new FabricBench(engine, codec, new ClothSet(data));
            var rows = new ArrayList<BenchRow>();
            bench.photos().addTo(rows, "photographs", "ours");
            bench.peerPhotos(home).ifPresent(tally -> tally.addTo(rows, "photographs", "opencv-script"));
            bench.bases(Hint.NONE).addTo(rows, "base colours", "ours");
            bench.bases(Hint.CLASS).addTo(rows, "base colours, class given", "ours");
            if (engine instanceof MaterialEngine materials) {
                var each = arguments.number("pictures", DRAWN_EACH);
                bench.drawn(materials, each, Hint.NONE).addTo(rows, "drawn cloth", "ours");
                bench.drawn(materials, each, Hint.CLASS).addTo(rows, "drawn cloth, class given", "ours");
            }
            return rows;
        }
    }

    private enum Hint {
        NONE,
        CLASS
    }

    private FabricTally photos() {
        var tally = new FabricTally();
        scan(set.photos().getFirst().file(), Map.of()).scan().close(); // compiles what is to be measured
        for (var photo : set.photos()) {
            try (var scanned = scan(photo.file(), Map.of())) {
                compare(tally, scanned, set.truth(photo.material()), photo.corners(), photo.material());
            }
        }
        return tally;
    }

    private Optional<FabricTally> peerPhotos(Path home) {
        return OpenCvScript.run(home, set.photos()).map(results -> {
            var tally = new FabricTally();
            for (var result : results) {
                var truth = set.truth(result.photo().material());
                var base = Imgcodecs.imread(
                        result.folder().resolve("basecolor.png").toString());
                var normal =
                        Imgcodecs.imread(result.folder().resolve("normal.png").toString());
                var roughness = Imgcodecs.imread(
                        result.folder().resolve("roughness.png").toString());
                var corners = result.photo().corners();
                tally.corners(result.corners(), corners);
                tally.tile(base);
                tally.light(base, ScanQuality.aligned(truth.base(), corners, result.corners(), base.rows()));
                tally.normals(
                        result.photo().material(),
                        normal,
                        ScanQuality.aligned(truth.normal(), corners, result.corners(), normal.rows()));
                tally.roughness(Core.mean(roughness).val[0] / 255, truth.roughness());
                tally.millis(result.millis(), result.millis());
            }
            return tally;
        });
    }

    private FabricTally bases(Hint hint) {
        var tally = new FabricTally();
        for (var name : set.names()) {
            var truth = set.truth(name);
            var last = truth.base().cols() - 1;
            var corners = List.of(new Point(0, 0), new Point(last, 0), new Point(last, last), new Point(0, last));
            try (var scanned = scan(truth.file(), options(hint, truth.kind()))) {
                compare(tally, scanned, truth, corners, name);
            }
        }
        return tally;
    }

    private FabricTally drawn(MaterialEngine materials, int each, Hint hint) {
        var tally = new FabricTally();
        var studio = new ClothStudio(codec, DRAWN_WIDTH, DRAWN_HEIGHT);
        new ClothCases(materials, studio, 1024, each).forEach(taken -> {
            var truth = taken.photograph().truth();
            var kind = taken.item().category().toLowerCase(Locale.ROOT);
            var jpeg = taken.photograph().jpeg();
            var bytes = ByteBuffer.allocateDirect(jpeg.length).put(jpeg).flip();
            try (var frame = codec.decodeUpload(bytes);
                    var scanned = Scanned.of(engine, codec, frame, options(hint, kind))) {
                var known = truth.corners().stream()
                        .map(corner -> new Point(corner.x() - 0.5, corner.y() - 0.5))
                        .toList();
                tally.corners(scanned.places("corners"), known);
                tally.tile(scanned.picture("basecolor"));
                var maps = ScanQuality.drawn(taken.maps(), truth, scanned.places("tile"), DRAWN_SIDE);
                tally.light(scanned.picture("basecolor"), maps.base());
                tally.normals(
                        taken.item().id(), FabricTally.shrunk(scanned.picture("normal"), DRAWN_SIDE), maps.normal());
                tally.roundTrip(scanned);
                tally.millis(scanned.millis(), scanned.encodedMillis());
            } catch (TryOnException refused) {
                tally.refused(taken.item().id() + ": " + refused.code());
            }
        });
        return tally;
    }

    private static void compare(
            FabricTally tally, Scanned scanned, ClothSet.Truth truth, List<Point> corners, String name) {
        var side = scanned.picture("basecolor").rows();
        var tile = scanned.places("tile");
        tally.corners(scanned.places("corners"), corners);
        tally.tile(scanned.picture("basecolor"));
        tally.light(scanned.picture("basecolor"), ScanQuality.aligned(truth.base(), corners, tile, side));
        tally.normals(name, scanned.picture("normal"), ScanQuality.aligned(truth.normal(), corners, tile, side));
        tally.roundTrip(scanned);
        tally.roughness(Core.mean(scanned.picture("roughness")).val[0] / 255, truth.roughness());
        tally.millis(scanned.millis(), scanned.encodedMillis());
    }

    private static Map<String, OptionValue> options(Hint hint, String kind) {
        return switch (hint) {
            case NONE -> Map.of();
            case CLASS -> Map.of("class", new OptionValue.Text(kind));
        };
    }

    private Scanned scan(Path file, Map<String, OptionValue> options) {
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
