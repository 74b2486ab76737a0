package dev.tryon.server;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;

/** Reads JSON objects that others sent. */
final class JsonBody {
    private JsonBody() {}

    /**
     * Reads one object and nothing after it.
     *
     * @throws MalformedException if it is anything else
     */
    static JsonObject parse(String text) throws MalformedException {
        try (var parser = Json.createReader(new StringReader(text))) {
            return parser.readObject();
        } catch (JsonException | IllegalStateException | ArithmeticException _) {
            throw new MalformedException("not a JSON object");
        }
    }
}
