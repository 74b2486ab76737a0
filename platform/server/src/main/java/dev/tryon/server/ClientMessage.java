package dev.tryon.server;

import dev.tryon.vision.PictureFormat;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A text message of a client. */
sealed interface ClientMessage {
    /** The first message. @param codecs picture formats that the client can show, the best first */
    record Hello(
            Optional<String> resumeToken,
            List<PictureFormat> codecs,
            Optional<Output> output,
            Optional<Long> maxInFlight)
            implements ClientMessage {
        /** Copies the codecs. */
        public Hello {
            codecs = List.copyOf(codecs);
        }
    }

    /** Another look. @param fields as sent, to be read against the session's engine */
    record ChangeLook(JsonFields fields) implements ClientMessage {}

    /** No frames for now. */
    record Pause() implements ClientMessage {}

    /** Frames again. */
    record Resume() implements ClientMessage {}

    /** Another size and rate, another compression of what is sent back. */
    record ChangeQuality(Optional<Quality> quality, Optional<Long> imageQuality) implements ClientMessage {}

    /** Keep the picture that was shown last. @param requestId the client's own, the same for the same wish */
    record Capture(String requestId, Care care) implements ClientMessage {
        private static final int LONGEST_ID = 64;

        /** How much care is taken of it. */
        enum Care {
            /** It is kept as it was shown. */
            AS_SHOWN,
            /** A job makes it anew, at its best. */
            PREMIUM
        }

        private static ClientMessage of(JsonFields fields) {
            var id = fields.requiredText("requestId");
            if (fields.violations().isEmpty() && (id.isBlank() || id.length() > LONGEST_ID)) {
                fields.violate("requestId", "must have 1 to " + LONGEST_ID + " characters");
            }
            var premium = fields.flag("premium").orElse(false);
            return checked(fields, new Capture(id, premium ? Care.PREMIUM : Care.AS_SHOWN));
        }
    }

    /** Is anybody there? @param timestamp to be sent back */
    record Ping(JsonValue timestamp) implements ClientMessage {}

    /** A message that cannot be taken, and why. */
    record Refused(LiveError error) implements ClientMessage {}

    /**
     * Reads a message.
     *
     * @throws MalformedException if it is no JSON object with a type
     */
    static ClientMessage parse(String text) throws MalformedException {
        JsonObject object;
        try {
            object = JsonBody.parse(text);
        } catch (MalformedException _) {
            throw new MalformedException("A text message is a JSON object.");
        }
        if (!(object.get("type") instanceof JsonString type)) {
            throw new MalformedException("A text message needs a type.");
        }
        var fields = JsonFields.of(object);
        fields.value("type");
        return switch (type.getString()) {
            case "hello" -> hello(fields);
            case "look" -> new ChangeLook(fields);
            case "control" -> control(fields);
            case "ping" -> checked(fields, new Ping(fields.value("timestamp")));
            case "frame" -> new Refused(LiveError.invalidMessage("A frame is a binary message."));
            case "capture" -> Capture.of(fields);
            default -> new Refused(LiveError.invalidMessage("There is no message of this type."));
        };
    }

    private static ClientMessage hello(JsonFields fields) {
        var codecs = new ArrayList<PictureFormat>();
        fields.list("codecs").ifPresent(list -> {
            for (var value : list) {
                // Formats that a newer client knows and this server does not are passed over.
                if (value instanceof JsonString name) {
                    PictureFormat.of(name.getString()).ifPresent(codecs::add);
                }
            }
        });
        if (codecs.isEmpty()) {
            fields.violate("codecs", "must name at least one of jpeg, webp, png");
        }
        var message = new Hello(
                fields.text("resumeToken"),
                codecs,
                fields.word("output", Output.class),
                fields.whole("maxInFlight", 1, 1000));
        return checked(fields, message);
    }

    private static ClientMessage control(JsonFields fields) {
        return switch (fields.requiredText("action")) {
            case "pause" -> checked(fields, new Pause());
            case "resume" -> checked(fields, new Resume());
            case "quality" -> {
                var message =
                        new ChangeQuality(fields.word("quality", Quality.class), fields.whole("imageQuality", 1, 100));
                if (message.quality().isEmpty() && message.imageQuality().isEmpty()) {
                    fields.violate("quality", "or imageQuality is required");
                }
                yield checked(fields, message);
            }
            default -> {
                fields.violate("action", "must be one of pause, resume, quality");
                yield new Refused(LiveError.invalidMessage(fields.violations()));
            }
        };
    }

    private static ClientMessage checked(JsonFields fields, ClientMessage message) {
        fields.refuseOthers();
        return fields.violations().isEmpty() ? message : new Refused(LiveError.invalidMessage(fields.violations()));
    }
}
