package dev.tryon.server;

import dev.tryon.server.ShownPicture.Drawing;
import dev.tryon.server.StageCpu.Stage;
import dev.tryon.spi.Detection;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.LiveTryOn;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.Patch;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.Overlay;
import dev.tryon.vision.PictureFormat;
import dev.tryon.vision.PictureLimits;
import io.helidon.common.buffers.BufferData;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** What a worker does with one frame: decode, engine, encode. Thread-safe; runs on pixel workers. */
final class FramePath {
    private final FrameCodec codec;
    private final LongSupplier nanoClock;
    private final StageCpu cpu;

    FramePath(FrameCodec codec, LongSupplier nanoClock, StageCpu cpu) {
        this.codec = codec;
        this.nanoClock = nanoClock;
        this.cpu = cpu;
    }

    /** What became of one frame. */
    sealed interface Served {
        /** It is answered with a picture or an overlay. @param message the whole binary message */
        record Shown(BufferData message, ShownPicture picture, StageNanos stages) implements Served {}

        /** It is answered with an error. */
        record Failed(LiveError error) implements Served {}
    }

    /** How strongly pictures and patches are compressed, 1 to 100 each. */
    record Compression(int imageQuality, int overlayQuality) {}

    /**
     * Serves one frame.
     *
     * @throws TryOnException if the picture cannot be decoded or the engine failed
     */
    Served serve(PendingFrame pending, LiveTryOn tryOn, Compression compression) {
        var begun = nanoClock.getAsLong();
        var picture = pending.picture();
        if (codec.inspect(picture.encoded().duplicate()).format() != picture.format()) {
            return new Served.Failed(
                    LiveError.of(ErrorCode.INVALID_IMAGE, "The picture has another format than its header claims."));
        }
        try (var frame = cpu.in(Stage.DECODE, () -> codec.decode(picture.encoded(), PictureLimits.LIVE))) {
            if (frame.width() != picture.width() || frame.height() != picture.height()) {
                return new Served.Failed(
                        LiveError.of(ErrorCode.INVALID_IMAGE, "The picture has another size than its header claims."));
            }
            var decoded = nanoClock.getAsLong();
            try (var outcome = cpu.in(Stage.ENGINE, () -> tryOn.apply(frame, picture.info()))) {
                var applied = nanoClock.getAsLong();
                var timing = new Timing(pending.receivedNanos(), begun, decoded, applied);
                return switch (outcome) {
                    case Outcome.Rejected(var code, var suggestion) ->
                        new Served.Failed(LiveError.rejected(code, suggestion));
                    case Outcome.Painted(var painted, var confidence, var detections) ->
                        frame(pending, painted, compression, new Facts(confidence, detections), timing);
                    case Outcome.Overlaid(var patches, var confidence, var detections) ->
                        overlaid(pending, frame, patches, compression, new Facts(confidence, detections), timing);
                };
            }
        }
    }

    /** What an engine tells besides the picture. */
    private record Facts(double confidence, List<Detection> detections) {}

    /** The moments of one frame so far, in nanoseconds. */
    private record Timing(long received, long begun, long decoded, long applied) {
        StageNanos until(long encoded) {
            return new StageNanos(begun - received, decoded - begun, applied - decoded, encoded - applied);
        }
    }

    private Served overlaid(
            PendingFrame pending,
            Frame frame,
            List<Patch> patches,
            Compression compression,
            Facts facts,
            Timing timing) {
        return switch (pending.client().output()) {
            case FRAME -> {
                cpu.in(Stage.ENCODE, () -> {
                    Overlay.draw(frame, patches);
                    return frame;
                });
                yield frame(pending, frame, compression, facts, timing);
            }
            case OVERLAY -> overlay(pending, frame, patches, compression, facts, timing);
        };
    }

    private Served frame(PendingFrame pending, Frame painted, Compression compression, Facts facts, Timing timing) {
        var format = pending.client().frameFormat();
        var bytes = cpu.in(Stage.ENCODE, () -> codec.encode(painted, format, compression.imageQuality()));
        var stages = timing.until(nanoClock.getAsLong());
        var picture = shown(pending, new Drawing.Whole(ByteBuffer.wrap(bytes)), facts);
        var header = header("frame", pending, picture, stages)
                .add("format", format.id())
                .add("width", painted.width())
                .add("height", painted.height());
        return new Served.Shown(message(header, List.of(bytes)), picture, stages);
    }

    private Served overlay(
            PendingFrame pending,
            Frame frame,
            List<Patch> patches,
            Compression compression,
            Facts facts,
            Timing timing) {
        var format = pending.client().patchFormat();
        var encoded = cpu.in(Stage.ENCODE, () -> patches.stream()
                .map(patch -> codec.encode(patch, format, compression.overlayQuality()))
                .toList());
        var stages = timing.until(nanoClock.getAsLong());
        var picture = shown(pending, new Drawing.Patched(placed(patches, encoded)), facts);
        var header = header("overlay", pending, picture, stages)
                .add("width", frame.width())
                .add("height", frame.height())
                .add("parts", parts(patches, encoded, format));
        return new Served.Shown(message(header, encoded), picture, stages);
    }

    private static List<ShownPicture.EncodedPatch> placed(List<Patch> patches, List<byte[]> encoded) {
        return IntStream.range(0, patches.size())
                .mapToObj(index -> new ShownPicture.EncodedPatch(
                        patches.get(index).x(), patches.get(index).y(), ByteBuffer.wrap(encoded.get(index))))
                .toList();
    }

    private static ShownPicture shown(PendingFrame pending, Drawing drawing, Facts facts) {
        return new ShownPicture(
                pending.picture().encoded(), drawing, facts.confidence(), DetectionJson.of(facts.detections()));
    }

    private static JsonArrayBuilder parts(List<Patch> patches, List<byte[]> encoded, PictureFormat format) {
        var parts = Json.createArrayBuilder();
        for (int index = 0; index < patches.size(); index++) {
            var patch = patches.get(index);
            parts.add(Json.createObjectBuilder()
                    .add("x", patch.x())
                    .add("y", patch.y())
                    .add("width", patch.width())
                    .add("height", patch.height())
                    .add("format", format.id())
                    .add("bytes", encoded.get(index).length));
        }
        return parts;
    }

    private static JsonObjectBuilder header(
            String type, PendingFrame pending, ShownPicture picture, StageNanos stages) {
        return Json.createObjectBuilder()
                .add("type", type)
                .add("sequence", pending.picture().sequence())
                .add("processingMs", DetectionJson.rounded(stages.processing() / 1e6))
                .add("queueMs", DetectionJson.rounded(stages.queue() / 1e6))
                .add("confidence", DetectionJson.rounded(picture.confidence()))
                .add("detection", picture.detection());
    }

    private static BufferData message(JsonObjectBuilder header, List<byte[]> payload) {
        var json = header.build().toString().getBytes(StandardCharsets.UTF_8);
        var size = Integer.BYTES
                + json.length
                + payload.stream().mapToInt(part -> part.length).sum();
        var message = ByteBuffer.allocate(size).putInt(json.length).put(json);
        payload.forEach(message::put);
        return BufferData.create(message.array());
    }
}
