package dev.tryon.server;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Map;

/** Reads JSON objects that others sent. */
final class JsonBody {
    private static final int DEEPEST = 32;
    /** Names that stand twice, and depths that nobody needs, are refused; the standard's key strategy is for readers alone. */
    private static final JsonParserFactory PARSERS = Json.createParserFactory(
            Map.of("org.eclipse.parsson.rejectDuplicateKeys", true, "org.eclipse.parsson.maxDepth", DEEPEST));

    private JsonBody() {}

    /**
     * Reads one object and nothing after it.
     *
     * @throws MalformedException if it is anything else
     */
    static JsonObject parse(String text) throws MalformedException {
        try (var parser = PARSERS.createParser(new StringReader(text))) {
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
