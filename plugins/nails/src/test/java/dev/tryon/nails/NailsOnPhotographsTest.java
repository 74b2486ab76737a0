package dev.tryon.nails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tryon.spi.Frame;
import dev.tryon.spi.FrameInfo;
import dev.tryon.spi.Look;
import dev.tryon.spi.Options;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.Progress;
import dev.tryon.vision.FrameCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole engine on photographs with the nails outlined by people; skipped where the photographs are not. */
class NailsOnPhotographsTest {
    private static final Look LOOK = Look.of(Options.of(Polish.OPTIONS, Map.of()));
    private static final int PICTURES = 30;

    @RegisterExtension
    private static final StartedEngine STARTED = new StartedEngine();

    private static final NailsEngine ENGINE = STARTED.engine();

    @Test
    void paintsWhatPeopleOutlined() throws IOException {
        var agreement = new Agreement();
        try (var codec = new FrameCodec()) {
            for (var picture : photographs()) {
                try (var frame = codec.decodeUpload(read(picture));
                        var outcome = ENGINE.capture(frame, LOOK, Progress.UNWATCHED)) {
                    agreement.add(frame, outcome, truth(picture, frame));
                }
            }
            assertThat(codec.framesInUse()).isZero();
        }
        assertThat(agreement.intersectionOverUnion()).isGreaterThan(0.7);
    }

    @Test
    void followsAStillHandLive() throws IOException {
        var agreement = new Agreement();
        try (var codec = new FrameCodec()) {
            for (var picture : photographs().subList(0, PICTURES / 3)) {
                try (var frame = codec.decodeUpload(read(picture));
                        var live = ENGINE.open(LOOK)) {
                    for (var sequence = 0; sequence < 5; sequence++) {
                        live.apply(frame, new FrameInfo(sequence, Duration.ofMillis(40L * sequence)))
                                .close();
                    }
                    agreement.add(
                            frame, live.apply(frame, new FrameInfo(5, Duration.ofMillis(200))), truth(picture, frame));
                }
            }
        }
        assertThat(agreement.intersectionOverUnion()).isGreaterThan(0.65);
    }

    /** Pixels painted and outlined, over all pictures. */
    private static final class Agreement {
        private long both;
        private long either;

        void add(Frame frame, Outcome outcome, float[] truth) {
            var painted = new boolean[truth.length];
            switch (outcome) {
                case Outcome.Overlaid(var patches, var _, var _) ->
                    patches.forEach(
                            patch -> IntStream.range(0, patch.width() * patch.height())
                                    .filter(i -> (patch.pixels().get(4 * i + 3) & 0xFF) > 127)
                                    .forEach(i -> painted[
                                            (patch.y() + i / patch.width()) * frame.width()
                                                    + patch.x()
                                                    + i % patch.width()] = true));
                case Outcome.Rejected _ -> {}
                case Outcome.Painted _ -> throw new AssertionError("a whole picture came back");
            }
            for (var i = 0; i < truth.length; i++) {
                var wanted = truth[i] > 0.5f;
                both += wanted && painted[i] ? 1 : 0;
                either += wanted || painted[i] ? 1 : 0;
            }
        }

        double intersectionOverUnion() {
            return (double) both / either;
        }
    }

    private static List<Path> photographs() throws IOException {
        var folder = shared().resolve("data/nails/valid/images");
        assumeTrue(Files.isDirectory(folder), "skipped: no photographs at " + folder);
        try (var files = Files.list(folder)) {
            return files.filter(file -> Files.exists(label(file)))
                    .sorted()
                    .limit(PICTURES)
                    .toList();
        }
    }

    private static Path shared() {
        var told = System.getProperty("tryon.shared");
        if (told != null) {
            return Path.of(told);
        }
        var folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.isDirectory(folder.resolveSibling("shared"))) {
            folder = folder.getParent();
        }
        return folder.resolveSibling("shared");
    }

    private static Path label(Path picture) {
        var name = picture.getFileName().toString();
        return picture.resolve("../../labels")
                .resolve(name.substring(0, name.lastIndexOf('.')) + ".txt")
                .normalize();
    }

    private static ByteBuffer read(Path picture) throws IOException {
        var bytes = Files.readAllBytes(picture);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static float[] truth(Path picture, Frame frame) throws IOException {
        var truth = new float[frame.width() * frame.height()];
        var one = new float[truth.length];
        var coverage = new Coverage();
        for (var line : Files.readAllLines(label(picture))) {
            var words = List.of(line.trim().split(" "));
            var points = new double[words.size() - 1];
            for (var i = 0; i < points.length; i++) {
                points[i] = Double.parseDouble(words.get(i + 1)) * (i % 2 == 0 ? frame.width() : frame.height());
            }
            coverage.fill(points, 0, 0, frame.width(), frame.height(), one);
            for (var i = 0; i < truth.length; i++) {
                truth[i] = Math.max(truth[i], one[i]);
            }
        }
        return truth;
    }
}
