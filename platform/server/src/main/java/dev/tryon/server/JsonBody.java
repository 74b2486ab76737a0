package dev.tryon.server;

import jakarta.json.Json;
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
        try (var parser = Json.createParser(new StringReader(text))) {
            parser.next();
            var object = parser.getObject();
            // At the end of the object the parser throws if anything but white space follows.
            parser.hasNext();
            return object;
        } catch (RuntimeException _) {
            // The parser has no one type for what it refuses: numbers too long and nesting too deep have others.
            throw new MalformedException("not a JSON object");
        }
    }
}
