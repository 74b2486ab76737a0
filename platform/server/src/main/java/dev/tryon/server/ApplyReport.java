package dev.tryon.server;

import dev.tryon.spi.Detection;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.ScanEngine;
import dev.tryon.spi.TryOnException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What became of each picture, as JSON: {@code {"entries": [{"file", "outcome", …}]}}. */
final class ApplyReport {
    private final JsonArrayBuilder entries = Json.createArrayBuilder();

    /** Adds what the engine made of a picture. */
    void add(Path file, Outcome outcome, long nanos) {
        var entry = entry(file, nanos);
        switch (outcome) {
            case Outcome.Overlaid overlaid ->
                entry.add("outcome", "overlaid")
                        .add("confidence", overlaid.confidence())
                        .add("detections", of(overlaid.detections()));
            case Outcome.Painted painted ->
                entry.add("outcome", "painted")
                        .add("confidence", painted.confidence())
                        .add("detections", of(painted.detections()));
            case Outcome.Rejected(var code, var suggestion) ->
                entry.add("outcome", "rejected").add("code", code.name()).add("suggestion", suggestion);
        }
        entries.add(entry);
    }

    /** Adds what a scan found out. */
    void add(Path file, ScanEngine.Scan scan, long nanos) {
        entries.add(PropertyJson.addAll(entry(file, nanos).add("outcome", "scanned"), scan.properties()));
    }

    /** Adds a picture that could not be worked on. */
    void add(Path file, TryOnException failure, long nanos) {
        entries.add(entry(file, nanos)
                .add("outcome", failure.code().category() == ErrorCode.Category.USER ? "rejected" : "failed")
                .add("code", failure.code().name())
                .add("suggestion", failure.userMessage()));
    }

    /** Writes the report. */
    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var pretty = Map.of(JsonGenerator.PRETTY_PRINTING, true);
        try (var out = Files.newBufferedWriter(file);
                var json = Json.createWriterFactory(pretty).createWriter(out)) {
            json.write(Json.createObjectBuilder().add("entries", entries).build());
        }
    }

    private static JsonObjectBuilder entry(Path file, long nanos) {
        return Json.createObjectBuilder()
                .add("file", file.getFileName().toString())
                .add("milliseconds", Math.round(nanos / 1e4) / 100.0);
    }

    private static JsonArrayBuilder of(List<Detection> detections) {
        var list = Json.createArrayBuilder();
        for (var detection : detections) {
            list.add(Json.createObjectBuilder()
                    .add("label", detection.label())
                    .add("centerX", detection.centerX())
                    .add("centerY", detection.centerY())
                    .add("length", detection.length())
                    .add("width", detection.width())
                    .add("angleRadians", detection.angleRadians())
                    .add("confidence", detection.confidence()));
        }
        return list;
    }
}
