package dev.tryon.server;

import dev.tryon.spi.CaptureEngine;
import dev.tryon.spi.Detection;
import dev.tryon.spi.Frame;
import dev.tryon.spi.FrameInfo;
import dev.tryon.spi.LiveEngine;
import dev.tryon.spi.Look;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.Progress;
import dev.tryon.spi.TryOnEngine;
import dev.tryon.store.Store;
import dev.tryon.store.Upload;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.Overlay;
import jakarta.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Dresses one picture at its best; an engine that is only worn live dresses it as the only frame of a session. */
record CaptureRunner(Store store, FrameCodec codec, ResultKeeper results) implements JobRunner {
    @Override
    public JobOutput run(Assignment assignment, Progress progress) {
        var file = store.uploads().read(assignment.input().file(Upload.CONTENT).orElseThrow());
        var fetched = assignment.look().fetch();
        progress.report(0);
        try (var person = codec.decodeUpload(file);
                var outcome = fetched.handTo(codec, look -> dress(assignment.engine(), person, look, progress))) {
            return switch (outcome) {
                case Outcome.Painted(var picture, var confidence, var detections) ->
                    made(picture, confidence, detections);
                case Outcome.Overlaid(var patches, var confidence, var detections) -> {
                    Overlay.draw(person, patches);
                    yield made(person, confidence, detections);
                }
                case Outcome.Rejected(var code, var suggestion) -> new JobOutput.Unusable(code, suggestion);
            };
        }
    }

    private static Outcome dress(TryOnEngine engine, Frame person, Look look, Progress progress) {
        return switch (engine) {
            case CaptureEngine capture -> capture.capture(person, look, progress);
            case LiveEngine live -> {
                try (var tryOn = live.open(look)) {
                    yield tryOn.apply(person, new FrameInfo(0, Duration.ZERO));
                }
            }
            default -> throw new IllegalArgumentException("the engine dresses no pictures");
        };
    }

    private JobOutput made(Frame picture, double confidence, List<Detection> detections) {
        return new JobOutput.Made(
                results.files(picture),
                Optional.of(confidence),
                Json.createObjectBuilder()
                        .add("detection", DetectionJson.of(detections))
                        .build());
    }
}
