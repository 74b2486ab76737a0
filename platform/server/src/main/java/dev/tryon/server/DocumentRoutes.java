package dev.tryon.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The documents of the interface: OpenAPI, AsyncAPI and a page that shows the first. */
final class DocumentRoutes {
    private static final String YAML = "application/yaml";

    List<Route> routes() {
        var openApi = read("openapi.yaml");
        return List.of(
                document("/openapi", openApi, YAML),
                document("/openapi.json", YamlDocument.toJson(openApi).toString(), "application/json"),
                document("/asyncapi", read("asyncapi.yaml"), YAML),
                document("/docs", read("docs.html"), "text/html; charset=utf-8"),
                document("/docs/docs.js", read("docs.js"), "text/javascript; charset=utf-8"),
                document("/docs/docs.css", read("docs.css"), "text/css; charset=utf-8"));
    }

    private static Route document(String path, String text, String mediaType) {
        var reply = Reply.document(mediaType, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        return Route.get(path, _ -> reply);
    }

    private static String read(String name) {
        try (var stream = DocumentRoutes.class.getResourceAsStream("/api/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("missing from the server: " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
