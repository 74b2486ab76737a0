package dev.tryon.server;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Look;
import dev.tryon.spi.Progress;
import dev.tryon.spi.ScanEngine;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code tryon scan}: turns a photo, or a folder of them, into named pictures, without a server. */
final class CommandScan {
    private static final Logger LOG = LoggerFactory.getLogger(CommandScan.class);
    private static final Set<String> OPTIONS = Set.of("in", "out", "look", "report", "config");
    private static final int LOSSLESS = 100;

    private final ScanEngine engine;
    private final FrameCodec codec;
    private final Look look;
    private final Path out;
    private final ApplyReport report = new ApplyReport();

    private CommandScan(ScanEngine engine, FrameCodec codec, Look look, Path out) {
        this.engine = engine;
        this.codec = codec;
        this.look = look;
        this.out = out;
    }

    /** Runs the command. @return 0 if every photo was scanned or properly rejected, else 1 */
    static int run(List<String> line) throws IOException {
        var arguments = Arguments.parse(line, OPTIONS);
        var in = Path.of(arguments.required("in"));
        CommandApply.requireThere(in);
        var id = arguments.onlyWord("engine");
        var settings = Settings.load(arguments.option("config").map(Path::of), System.getenv(), Map.of());
        try (var engines = Engines.discoverOnly(id, settings, Clocks.system().wall());
                var codec = new FrameCodec()) {
            var ready = CommandApply.ready(engines, id);
            if (!(ready.engine() instanceof ScanEngine engine)) {
                throw new Arguments.UsageException("the engine " + id + " scans nothing");
            }
            var look = CommandLook.of(ready.info(), arguments.option("look"), Optional.empty());
            var command = new CommandScan(engine, codec, look, Path.of(arguments.required("out")));
            var fine = true;
            for (var photo : Files.isDirectory(in) ? CommandApply.pictures(in) : List.of(in)) {
                fine &= command.photo(photo);
            }
            if (arguments.option("report").isPresent()) {
                command.report.write(Path.of(arguments.required("report")));
            }
            return fine ? 0 : 1;
        }
    }

    private boolean photo(Path file) throws IOException {
        long start = System.nanoTime();
        try (var frame = CommandApply.read(codec, file);
                var scan = scan(frame)) {
            report.add(file, scan, System.nanoTime() - start);
            var folder = out.resolve(CommandApply.stem(file));
            Files.createDirectories(folder);
            for (var picture : new TreeMap<>(scan.pictures()).entrySet()) {
                Files.write(
                        folder.resolve(picture.getKey() + ".png"),
                        codec.encode(picture.getValue(), PictureFormat.PNG, LOSSLESS));
            }
            return true;
        } catch (TryOnException failure) {
            report.add(file, failure, System.nanoTime() - start);
            System.err.println("tryon: " + file.getFileName() + ": " + failure.userMessage());
            return failure.code().category() == ErrorCode.Category.USER;
        }
    }

    private ScanEngine.Scan scan(Frame photo) {
        try {
            return engine.scan(photo, look.options(), Progress.UNWATCHED);
        } catch (TryOnException failure) {
            throw failure;
        } catch (RuntimeException | LinkageError failure) {
            LOG.error("the engine failed", failure);
            throw new TryOnException(
                    ErrorCode.PROCESSING_FAILED, "The photo could not be processed.", "the engine failed", failure);
        }
    }
}
