package dev.tryon.server;

import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.staticcontent.StaticContentService;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The built page, from a folder. */
final class WebPage {
    private static final Logger LOG = LoggerFactory.getLogger(WebPage.class);

    private WebPage() {}

    /** Serves the folder at the root; without one, nothing is there. */
    static void add(HttpRouting.Builder routing, Path root) {
        if (!Files.isRegularFile(root.resolve("index.html"))) {
            LOG.warn("there is no page in {}: only the interface is served", root);
            return;
        }
        routing.register(
                "/",
                StaticContentService.builder(root.toAbsolutePath().normalize())
                        .welcomeFileName("index.html")
                        .build());
    }
}
