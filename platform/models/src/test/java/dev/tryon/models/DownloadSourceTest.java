package dev.tryon.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tryon.models.ModelException.Problem;
import dev.tryon.models.PublishedFile.Format;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over real connections to a publisher on this machine. */
class DownloadSourceTest {
    private static final byte[] CONTENT = "a published network".repeat(10_000).getBytes(UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path certificates;

    private static PublisherServer publisher;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        publisher = new PublisherServer(certificates);
    }

    @AfterAll
    static void stop() {
        publisher.close();
    }

    private static ModelEntry entry(URI... urls) {
        return Entries.entry("test-network", Format.TORCHSCRIPT, CONTENT, List.of(urls));
    }

    private ModelStore store() {
        return new ModelStore(
                ModelList.of(List.of()),
                new ModelFolder(folder, InstantSource.system(), ModelFolder::roomOnDisk),
                Importer.ofTflite());
    }

    private void pull(ModelEntry entry, Duration patience) {
        try (var source = new DownloadSource(publisher.client(), patience)) {
            store().pull(entry, source);
        }
    }

    private void assertRefused(Problem problem, ModelEntry entry, String... parts) {
        assertRefused(problem, entry, PATIENCE, parts);
    }

    private void assertRefused(Problem problem, ModelEntry entry, Duration patience, String... parts) {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> pull(entry, patience))
                .satisfies(failure -> assertThat(failure.problem()).isEqualTo(problem))
                .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
        assertThat(folder).satisfiesAnyOf(empty -> assertThat(empty).isEmptyDirectory(), none -> assertThat(none)
                .doesNotExist());
    }

    @Test
    void fetchesWhatIsPublished() {
        pull(entry(publisher.publish("/right", CONTENT)), PATIENCE);

        assertThat(store().torchScript(entry())).isEqualTo(CONTENT);
    }

    @Test
    void triesTheNextAddressWhenOneHasNothingOrAnotherFile() {
        var none = publisher.address("/none");
        var wrong = publisher.publish("/wrong", new byte[CONTENT.length]);

        pull(entry(none, wrong, publisher.publish("/right", CONTENT)), PATIENCE);

        assertThat(store().torchScript(entry())).isEqualTo(CONTENT);
    }

    @Test
    void followsToWhereItIsSent() {
        publisher.publish("/right", CONTENT);
        publisher.redirect("/second", publisher.address("/right").toString());

        pull(entry(publisher.redirect("/first", "/second")), PATIENCE);

        assertThat(store().torchScript(entry())).isEqualTo(CONTENT);
    }

    @Test
    void leavesHttpsForNobody() {
        var plain = "http://localhost:" + publisher.address("/").getPort() + "/right";

        assertRefused(
                Problem.UNREACHABLE,
                entry(publisher.redirect("/plain", plain)),
                "/plain",
                "redirects to what is no https address");
        assertRefused(Problem.UNREACHABLE, entry(publisher.redirect("/file", "file:///etc/hosts")), "no https address");
        assertRefused(Problem.UNREACHABLE, entry(publisher.redirect("/bad", "::")), "no https address");
    }

    @Test
    void isNotSentAroundForEver() {
        assertRefused(Problem.UNREACHABLE, entry(publisher.redirect("/round", "/round")), "redirects without end");
    }

    @Test
    void saysWhatWasAnswered() {
        assertRefused(Problem.UNREACHABLE, entry(publisher.address("/none")), "it answers 404", "--from DIR");
    }

    @Test
    void refusesAnotherFileWithBothHashes() {
        var wrong = new byte[CONTENT.length];

        assertRefused(
                Problem.WRONG_FILE,
                entry(publisher.publish("/wrong", wrong)),
                Sha256.of(wrong).hex(),
                Sha256.of(CONTENT).hex());
    }

    @Test
    void readsNoMoreThanTheFileHas() {
        var endless = publisher.publish("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(CONTENT);
            }
        });

        assertRefused(Problem.WRONG_FILE, entry(endless), "longer than 190000 bytes");
    }

    @Test
    void saysThatAnAnswerBrokeOff() {
        var half = publisher.publish("/half", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, CONTENT.length / 2);
            exchange.getResponseBody().flush();
        });

        assertRefused(Problem.UNREACHABLE, entry(half), "/half", "broke off");
    }

    @Test
    void givesUpAPublisherThatStopsInTheMiddle() {
        var never = new CountDownLatch(1);
        var stalled = publisher.publish("/stalled", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, CONTENT.length / 2);
            exchange.getResponseBody().flush();
            try {
                never.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });

        assertRefused(Problem.UNREACHABLE, entry(stalled), Duration.ofMillis(500), "/stalled", "took longer than");
        never.countDown();
    }

    @Test
    void saysThatThereIsNoNetwork() {
        // Nobody listens on the port of a name that no resolver knows (RFC 6761).
        assertRefused(
                Problem.UNREACHABLE,
                entry(URI.create("https://publisher.invalid/network")),
                "https://publisher.invalid/network",
                "cannot be reached",
                "--from DIR");
    }

    @Test
    void trustsNobodyWithoutACertificate() {
        var address = publisher.publish("/right", CONTENT);
        try (var source = new DownloadSource()) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> store().pull(entry(address), source))
                    .satisfies(failure -> assertThat(failure.problem()).isEqualTo(Problem.UNREACHABLE))
                    .withMessageContaining("certification path");
        }
    }

    @Test
    void saysThatAFileMustBeBrought() {
        assertRefused(Problem.UNREACHABLE, entry(), "no address", "--from DIR");
    }
}
