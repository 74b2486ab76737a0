package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a certificate that the JDK's own tool makes. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static Path store;
    private static SSLContext trusting;

    @BeforeAll
    static void makeCertificate() throws Exception {
        store = folder.resolve("tryon.p12");
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(List.of(
                        tool,
                        "-genkeypair",
                        "-alias",
                        "tryon",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        var keys = keys();
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("tryon", keys.getCertificate("tryon"));
        trust.init(trusted);
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trust.getTrustManagers(), null);
    }

    private static KeyStore keys() throws Exception {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private static Path pem(String name, String label, byte[] content) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + label + "-----\n");
    }

    private static HttpResponse<String> call(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static URI uri(TestServer server, String scheme, String path) {
        return URI.create(scheme + "://localhost:" + server.server.port() + path);
    }

    private static void serves(TestServer server) throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(trusting).build()) {
            var health = call(client, HttpRequest.newBuilder(uri(server, "https", "/health")));
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.version()).isEqualTo(HttpClient.Version.HTTP_2);
            var old = call(
                    client,
                    HttpRequest.newBuilder(uri(server, "https", "/health")).version(HttpClient.Version.HTTP_1_1));
            assertThat(old.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(connectsLive(client, server)).isEqualTo("tryon.v1");
        }
    }

    private static String connectsLive(HttpClient client, TestServer server) throws Exception {
        var guest = call(
                client,
                HttpRequest.newBuilder(uri(server, "https", "/api/v1/guests")).POST(BodyPublishers.noBody()));
        var token = read(guest).getString("token");
        var session = read(call(
                client,
                HttpRequest.newBuilder(uri(server, "https", "/api/v1/sessions"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"engine\":\"square\",\"look\":{}}"))));
        var live = session.getJsonObject("webSocket");
        var ready = new CompletableFuture<String>();
        var socket = client.newWebSocketBuilder()
                .subprotocols("tryon.v1")
                .header("Origin", "https://localhost:" + server.server.port())
                .buildAsync(
                        uri(server, "wss", live.getString("path") + "?ticket=" + live.getString("ticket")),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                                ready.complete(data.toString());
                                return CompletableFuture.completedFuture(null);
                            }
                        })
                .get(10, TimeUnit.SECONDS);
        socket.sendText("{\"type\":\"hello\",\"codecs\":[\"jpeg\"],\"output\":\"frame\",\"maxInFlight\":1}", true)
                .get(10, TimeUnit.SECONDS);
        assertThat(ready.get(10, TimeUnit.SECONDS)).contains("\"ready\"");
        socket.abort();
        return socket.getSubprotocol();
    }

    private static JsonObject read(HttpResponse<String> response) {
        try (var reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readObject();
        }
    }

    @Test
    void servesWithAKeyStore() throws Exception {
        try (var server =
                new TestServer(Map.of("server.tls.store", store.toString(), "server.tls.store-password", PASSWORD))) {
            serves(server);
        }
    }

    @Test
    void servesWithFilesInPem() throws Exception {
        var keys = keys();
        var key = pem(
                "key.pem",
                "PRIVATE KEY",
                keys.getKey("tryon", PASSWORD.toCharArray()).getEncoded());
        var chain = pem("chain.pem", "CERTIFICATE", keys.getCertificate("tryon").getEncoded());
        try (var server =
                new TestServer(Map.of("server.tls.certificate", chain.toString(), "server.tls.key", key.toString()))) {
            serves(server);
        }
    }

    /** Browsers ask for videos so. Helidon gives this header another name in HTTP/2 alone. */
    @Test
    void sendsARangeOfAFileByHttp2() throws Exception {
        try (var server = new TestServer(
                        Map.of("server.tls.store", store.toString(), "server.tls.store-password", PASSWORD));
                var client = HttpClient.newBuilder().sslContext(trusting).build()) {
            var guest = read(call(
                    client,
                    HttpRequest.newBuilder(uri(server, "https", "/api/v1/guests"))
                            .POST(BodyPublishers.noBody())));
            var image = uri(
                    server,
                    "https",
                    "/api/v1/results/"
                            + Holder.keep(server, guest.getString("subject"), "square")
                                    .id() + "/files/image");
            // Twice on one connection: the second time the header comes from the table of those that came before.
            for (var count = 0; count < 2; count++) {
                var part = call(
                        client,
                        HttpRequest.newBuilder(image)
                                .header("Authorization", "Bearer " + guest.getString("token"))
                                .header("Range", "bytes=2-4"));

                assertThat(part.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(part.statusCode()).isEqualTo(206);
                assertThat(part.headers().firstValue("content-range")).contains("bytes 2-4/10");
                assertThat(part.body()).isEqualTo("234");
            }
        }
    }

    @Test
    void doesNotStartWithWhatCannotBeUsed() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> new TestServer(
                        Map.of("server.tls.store", folder.resolve("none").toString())));
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> new TestServer(Map.of("server.tls.key", "key.pem")));
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.load(
                        Optional.empty(),
                        Map.of(),
                        Map.of("server.tls.store", "a", "server.tls.certificate", "b", "server.tls.key", "c")));
    }
}
