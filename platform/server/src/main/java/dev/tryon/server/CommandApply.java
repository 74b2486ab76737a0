package dev.tryon.server;

import dev.tryon.spi.CaptureEngine;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Look;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.Progress;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.Overlay;
import dev.tryon.vision.PictureFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code tryon apply}: dresses one picture, or a folder of them, without a server. */
final class CommandApply {
    private static final Logger LOG = LoggerFactory.getLogger(CommandApply.class);
    private static final Set<String> OPTIONS =
            Set.of("person", "look", "reference", "out", "masks", "report", "config");
    private static final Set<String> PICTURES = Set.of("jpg", "jpeg", "png", "webp");
    private static final int QUALITY = 92;

    private final CaptureEngine engine;
    private final FrameCodec codec;
    private final Look look;
    private final Optional<Path> masks;
    private final ApplyReport report = new ApplyReport();

    private CommandApply(CaptureEngine engine, FrameCodec codec, Look look, Optional<Path> masks) {
        this.engine = engine;
        this.codec = codec;
        this.look = look;
        this.masks = masks;
    }

    /** Runs the command. @return 0 if every picture was dressed or properly rejected, else 1 */
    static int run(List<String> line) throws IOException {
        var arguments = Arguments.parse(line, OPTIONS);
        var person = Path.of(arguments.required("person"));
        var out = Path.of(arguments.required("out"));
        requireThere(person);
        arguments.option("reference").map(Path::of).ifPresent(CommandApply::requireThere);
        var id = arguments.onlyWord("engine");
        var settings = Settings.load(arguments.option("config").map(Path::of), System.getenv(), Map.of());
        try (var engines = Engines.discoverOnly(id, settings, Clocks.system().wall());
                var codec = new FrameCodec()) {
            var ready = ready(engines, id);
            var reference = arguments.option("reference").map(Path::of).map(file -> read(codec, file));
            var look = CommandLook.of(ready.info(), arguments.option("look"), reference);
            if (!(ready.engine() instanceof CaptureEngine engine)) {
                throw new Arguments.UsageException("the engine " + id + " does not dress single pictures");
            }
            var command = new CommandApply(
                    engine, codec, look, arguments.option("masks").map(Path::of));
            var fine = Files.isDirectory(person) ? command.folder(person, out) : command.single(person, out);
            if (arguments.option("report").isPresent()) {
                command.report.write(Path.of(arguments.required("report")));
            }
            reference.ifPresent(Frame::close);
            return fine ? 0 : 1;
        }
    }

    /** Throws a usage error if there is no such file. */
    static void requireThere(Path file) {
        if (!Files.exists(file)) {
            throw new Arguments.UsageException("there is no " + file);
        }
    }

    /** Returns the engine that was asked for, or throws a usage error. */
    static LoadedEngine.Ready ready(Engines engines, String id) {
        return switch (engines.find(id).orElseThrow(() -> new Arguments.UsageException("there is no engine " + id))) {
            case LoadedEngine.Ready ready -> ready;
            case LoadedEngine.Failed failed ->
                throw new Arguments.UsageException(
                        "the engine " + id + " failed at " + Words.of(failed.stage()) + ": " + failed.reason());
        };
    }

    private boolean single(Path file, Path out) throws IOException {
        Files.createDirectories(out.toAbsolutePath().getParent());
        return picture(file, out);
    }

    private boolean folder(Path folder, Path out) throws IOException {
        Files.createDirectories(out);
        var pictures = pictures(folder);
        boolean fine = true;
        for (var picture : pictures) {
            fine &= picture(picture, out.resolve(stem(picture) + ".png"));
        }
        return fine;
    }

    /** Returns the pictures of a folder by name, or throws a usage error where there are none or two of one stem. */
    static List<Path> pictures(Path folder) throws IOException {
        List<Path> pictures;
        try (Stream<Path> files = Files.list(folder)) {
            pictures = files.filter(CommandApply::picture).sorted().toList();
        }
        if (pictures.isEmpty()) {
            throw new Arguments.UsageException("there are no pictures in " + folder);
        }
        refuseSharedNames(pictures);
        return pictures;
    }

    /** {@code a.jpg} and {@code a.png} would both be written to {@code a.png}, and one would be lost. */
    private static void refuseSharedNames(List<Path> pictures) {
        var stems = new HashSet<String>();
        for (var picture : pictures) {
            if (!stems.add(stem(picture))) {
                throw new Arguments.UsageException("two pictures are called " + stem(picture) + ": rename one");
            }
        }
    }

    private boolean picture(Path file, Path out) throws IOException {
        long start = System.nanoTime();
        try (var frame = read(codec, file);
                var outcome = capture(frame)) {
            report.add(file, outcome, System.nanoTime() - start);
            if (masks.isPresent()) {
                writeMask(masks.get(), file, frame, outcome);
            }
            switch (outcome) {
                case Outcome.Overlaid overlaid -> Overlay.draw(frame, overlaid.patches());
                case Outcome.Painted painted -> {
                    Files.write(out, codec.encode(painted.picture(), format(out), QUALITY));
                    return true;
                }
                case Outcome.Rejected _ -> {
                    // The picture is written as it came: whoever looks at the folder sees each of them.
                }
            }
            Files.write(out, codec.encode(frame, format(out), QUALITY));
            return true;
        } catch (TryOnException failure) {
            report.add(file, failure, System.nanoTime() - start);
            System.err.println("tryon: " + file.getFileName() + ": " + failure.userMessage());
            return failure.code().category() == ErrorCode.Category.USER;
        }
    }

    private Outcome capture(Frame frame) {
        try {
            return engine.capture(frame, look, Progress.UNWATCHED);
        } catch (TryOnException failure) {
            throw failure;
        } catch (RuntimeException | LinkageError failure) {
            LOG.error("the engine failed", failure);
            throw new TryOnException(
                    ErrorCode.PROCESSING_FAILED, "The picture could not be processed.", "the engine failed", failure);
        }
    }

    private void writeMask(Path folder, Path file, Frame frame, Outcome outcome) throws IOException {
        Files.createDirectories(folder);
        var mask = PaintMask.of(outcome, frame);
        Files.write(folder.resolve(stem(file) + ".png"), codec.encodeMask(frame.width(), frame.height(), mask));
    }

    /** Reads a picture, which the caller closes. */
    static Frame read(FrameCodec codec, Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            return codec.decodeUpload(
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
        } catch (IOException failure) {
            throw new TryOnException(
                    ErrorCode.PROCESSING_FAILED, "The file cannot be read.", "cannot read a file", failure);
        }
    }

    private static boolean picture(Path file) {
        return PICTURES.contains(extension(file));
    }

    private static PictureFormat format(Path file) {
        return switch (extension(file)) {
            case "jpg", "jpeg" -> PictureFormat.JPEG;
            case "webp" -> PictureFormat.WEBP;
            default -> PictureFormat.PNG;
        };
    }

    private static String extension(Path file) {
        var name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Returns a file's name without its ending. */
    static String stem(Path file) {
        var name = file.getFileName().toString();
        var dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
