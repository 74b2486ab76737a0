package dev.tryon.server;

import dev.tryon.spi.Frame;
import dev.tryon.spi.LiveEngine;
import dev.tryon.spi.Progress;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.VideoCodec;
import dev.tryon.vision.VideoReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code tryon video}: dresses a video without a server, and writes it as an MP4 without sound. */
final class CommandVideo {
    private static final Set<String> OPTIONS = Set.of("in", "look", "reference", "out", "config");
    private static final int QUALITY = 85;

    private CommandVideo() {}

    /** Runs the command. @return 0 if the video was dressed, or properly rejected frame by frame */
    static int run(List<String> line) throws IOException {
        var arguments = Arguments.parse(line, OPTIONS);
        var in = Path.of(arguments.required("in"));
        var out = Path.of(arguments.required("out"));
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".mp4")) {
            throw new Arguments.UsageException("--out is written as MP4: name it so");
        }
        CommandApply.requireThere(in);
        arguments.option("reference").map(Path::of).ifPresent(CommandApply::requireThere);
        var id = arguments.onlyWord("engine");
        var settings = Settings.load(arguments.option("config").map(Path::of), System.getenv(), Map.of());
        // A file that is refused is refused before engines take their seconds to start.
        try (var videos = new VideoCodec();
                var reader = videos.open(ByteBuffer.wrap(Files.readAllBytes(in)));
                var pictures = new FrameCodec();
                var engines = Engines.discoverOnly(id, settings, Clocks.system().wall())) {
            var ready = CommandApply.ready(engines, id);
            if (!(ready.engine() instanceof LiveEngine engine)) {
                throw new Arguments.UsageException("the engine " + id + " does not dress moving pictures");
            }
            var reference = arguments.option("reference").map(Path::of).map(file -> CommandApply.read(pictures, file));
            try {
                var look = CommandLook.of(ready.info(), arguments.option("look"), reference);
                Files.createDirectories(out.toAbsolutePath().getParent());
                dress(new VideoTryOn(engine, look), videos, reader, out);
            } finally {
                reference.ifPresent(Frame::close);
            }
            return 0;
        }
    }

    private static void dress(VideoTryOn tryOn, VideoCodec videos, VideoReader reader, Path out) throws IOException {
        var info = reader.info();
        long start = System.nanoTime();
        try (var writer = videos.writer(info.width(), info.height(), info.framesPerSecond(), QUALITY)) {
            var tally = tryOn.dress(reader, writer, new Tenths()).orElseThrow();
            Files.write(out, writer.finish().array());
            System.out.printf(
                    Locale.ROOT,
                    "%dx%d, %d frames, %d with the look on, confidence %.2f (lowest %.2f), %.1f ms a frame%n",
                    info.width(),
                    info.height(),
                    tally.frames(),
                    tally.dressed(),
                    tally.confidence(),
                    tally.lowestConfidence(),
                    (System.nanoTime() - start) / 1e6 / tally.frames());
            tally.rejection()
                    .ifPresent(rejected ->
                            System.err.println("tryon: some frames are as they came: " + rejected.suggestion()));
        }
    }

    /** Tells whoever waits at the terminal how far it is, ten times in all. */
    private static final class Tenths implements Progress {
        private int told;

        @Override
        public void report(double done) {
            var tenths = (int) (10 * done);
            if (tenths > told) {
                told = tenths;
                System.err.println("tryon: " + 10 * tenths + " %");
            }
        }

        @Override
        public boolean canceled() {
            return false;
        }
    }
}
