package dev.tryon.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A publisher on this machine, over https, with a certificate that the JDK's own tool makes. */
final class PublisherServer implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SSLContext context;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /** What is said under one path. */
    @FunctionalInterface
    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    /** Starts one. @param folder for its certificate */
    PublisherServer(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        context = context(certificate(folder));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answers.getOrDefault(exchange.getRequestURI().getPath(), PublisherServer::nothing)
                        .give(exchange);
            }
        });
        server.start();
    }

    private static KeyStore certificate(Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        var store = folder.resolve("publisher.p12");
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var status = new ProcessBuilder(
                        tool,
                        "-genkeypair",
                        "-alias",
                        "publisher",
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
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("keytool ended with " + status);
        }
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private static SSLContext context(KeyStore keys) throws IOException, GeneralSecurityException {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("publisher", keys.getCertificate("publisher"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static void nothing(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(404, -1);
    }

    /** Publishes under a path. @return the address */
    URI publish(String path, Answer answer) {
        answers.put(path, answer);
        return address(path);
    }

    /** Publishes bytes under a path. @return the address */
    URI publish(String path, byte[] content) {
        return publish(path, exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        });
    }

    /** Sends whoever asks somewhere else. @return the address */
    URI redirect(String path, String to) {
        return publish(path, exchange -> {
            exchange.getResponseHeaders().add("Location", to);
            exchange.sendResponseHeaders(302, -1);
        });
    }

    URI address(String path) {
        return URI.create("https://localhost:" + server.getAddress().getPort() + path);
    }

    /** Returns a client that trusts it. */
    HttpClient.Builder client() {
        return HttpClient.newBuilder().sslContext(context);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
