package dev.tryon.server;

import dev.tryon.spi.Detection;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import java.util.List;

/** How what an engine found in a picture is told. */
final class DetectionJson {
    private static final int WIRE_STEPS = 100;

    private DetectionJson() {}

    static JsonArray of(List<Detection> detections) {
        var json = Json.createArrayBuilder();
        for (var found : detections) {
            json.add(Json.createObjectBuilder()
                    .add("label", found.label())
                    .add("centerX", rounded(found.centerX()))
                    .add("centerY", rounded(found.centerY()))
                    .add("length", rounded(found.length()))
                    .add("width", rounded(found.width()))
                    .add("angle", rounded(found.angleRadians()))
                    .add("confidence", rounded(found.confidence())));
        }
        return json.build();
    }

    /** Two decimals are enough on the wire, and what is no number is none there either. */
    static double rounded(double value) {
        return Double.isFinite(value) ? (double) Math.round(value * WIRE_STEPS) / WIRE_STEPS : 0;
    }
}
