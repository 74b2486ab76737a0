package dev.tryon.server;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.FrameInfo;
import dev.tryon.vision.PictureFormat;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A binary message of a client: {@code u32 big-endian header length | header, UTF-8 JSON | payload}.
 *
 * <p>Nothing is decoded here: whether the payload is the picture that the header claims is found on a pixel worker.
 */
sealed interface FrameMessage {
    /** No header is longer. */
    int LONGEST_HEADER_BYTES = 4096;

    /** Returns the number that the answer bears. */
    long sequence();

    /**
     * A frame that may be tried.
     *
     * @param width as claimed, in pixels
     * @param height as claimed, in pixels
     * @param encoded the camera picture
     */
    record Picture(FrameInfo info, PictureFormat format, long width, long height, ByteBuffer encoded)
            implements FrameMessage {
        @Override
        public long sequence() {
            return info.sequence();
        }
    }

    /** A frame that cannot be used, told by its header alone. */
    record Unusable(long sequence, LiveError error) implements FrameMessage {}

    /**
     * Takes a message apart.
     *
     * @param message from its first byte; the picture is a view into it
     * @param arrived when it came, on any clock, for frames that do not say when they were taken
     * @throws MalformedException if there is no header, or none that bears a sequence
     */
    static FrameMessage parse(ByteBuffer message, Duration arrived) throws MalformedException {
        if (message.remaining() < Integer.BYTES) {
            throw new MalformedException("A binary message begins with the length of its header.");
        }
        var length = message.getInt(0);
        if (length < 2 || length > LONGEST_HEADER_BYTES || length > message.remaining() - Integer.BYTES) {
            throw new MalformedException("The header's length does not fit the message.");
        }
        var header = header(message.slice(Integer.BYTES, length));
        var sequence = whole(header, "sequence")
                .filter(number -> number >= 0)
                .orElseThrow(() -> new MalformedException("A frame's header needs a sequence."));
        var payload = message.slice(Integer.BYTES + length, message.remaining() - Integer.BYTES - length);
        return frame(header, sequence, payload, arrived);
    }

    private static JsonObject header(ByteBuffer bytes) throws MalformedException {
        try {
            return JsonBody.parse(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException _) {
            throw new MalformedException("The header is not UTF-8.");
        } catch (MalformedException _) {
            throw new MalformedException("The header is not a JSON object.");
        }
    }

    private static FrameMessage frame(JsonObject header, long sequence, ByteBuffer payload, Duration arrived) {
        if (!text(header, "type").equals(Optional.of("frame"))) {
            return new Unusable(sequence, LiveError.invalidMessage("A binary message has the type frame."));
        }
        var format = text(header, "format").flatMap(PictureFormat::of);
        var width = whole(header, "width");
        var height = whole(header, "height");
        if (format.isEmpty() || width.isEmpty() || height.isEmpty()) {
            return new Unusable(
                    sequence,
                    LiveError.invalidMessage("A frame's header needs format (jpeg, webp, png), width, height."));
        }
        var encoded = firstPart(header, payload);
        if (encoded.isEmpty()) {
            return new Unusable(
                    sequence, LiveError.of(ErrorCode.INVALID_IMAGE, "The parts do not add up to the payload."));
        }
        var info = new FrameInfo(sequence, capturedAt(header).orElse(arrived));
        return new Picture(info, format.get(), width.get(), height.get(), encoded.get());
    }

    /** The camera picture is the first part; without parts, it is the whole payload. */
    private static Optional<ByteBuffer> firstPart(JsonObject header, ByteBuffer payload) {
        var parts = header.get("parts");
        if (parts == null) {
            return Optional.of(payload);
        }
        if (parts.getValueType() != JsonValue.ValueType.ARRAY
                || parts.asJsonArray().isEmpty()) {
            return Optional.empty();
        }
        long sum = 0;
        for (var part : parts.asJsonArray()) {
            var bytes = bytes(part);
            if (bytes.isEmpty() || bytes.get() < 0 || bytes.get() > payload.remaining()) {
                return Optional.empty();
            }
            sum += bytes.get();
        }
        return sum == payload.remaining()
                ? bytes(parts.asJsonArray().getFirst()).map(first -> payload.slice(0, first.intValue()))
                : Optional.empty();
    }

    /** A part is its length, or an object that has it as {@code bytes}. */
    private static Optional<Long> bytes(JsonValue part) {
        return part.getValueType() == JsonValue.ValueType.OBJECT ? whole(part.asJsonObject(), "bytes") : whole(part);
    }

    private static Optional<Duration> capturedAt(JsonObject header) {
        return header.get("capturedAt") instanceof JsonNumber number
                        && Math.abs(number.doubleValue()) < Long.MAX_VALUE / 1e7
                ? Optional.of(Duration.ofNanos(0).plusNanos(Math.round(number.doubleValue() * 1e6)))
                : Optional.empty();
    }

    private static Optional<String> text(JsonObject header, String name) {
        return header.get(name) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    private static Optional<Long> whole(JsonObject header, String name) {
        return header.get(name) instanceof JsonNumber number ? whole(number) : Optional.empty();
    }

    private static Optional<Long> whole(JsonValue value) {
        if (!(value instanceof JsonNumber number)
                || Math.abs(number.doubleValue()) > 1L << 53
                || !number.isIntegral()) {
            return Optional.empty();
        }
        return Optional.of(number.longValue());
    }
}
