package dev.tryon.server;

import dev.tryon.spi.TryOnEngine;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A server on a free port with the test engine, and a client for it. */
final class TestServer implements AutoCloseable {
    private static final String ADMIN = "the administrators' token of tests";

    final FakeClock clock = new FakeClock();
    final TestEngine engine = new TestEngine();
    final TryOnServer server;
    final HttpClient http = HttpClient.newHttpClient();

    TestServer(Map<String, String> changes, TryOnEngine... others) {
        var overrides = new HashMap<>(Map.of(
                "server.port", "0",
                "server.host", "127.0.0.1",
                "auth.admin-token", ADMIN,
                "auth.guest-lifetime", "P30D",
                "data-dir", "target/test-data",
                "store.url", "memory:",
                "web.root", "target/no-page"));
        overrides.putAll(changes);
        var settings = Settings.load(Optional.<Path>empty(), Map.of(), overrides);
        server = TryOnServer.start(
                settings,
                clock.clocks(),
                Optional.of(Stream.concat(Stream.of(engine), Stream.of(others)).toList()));
    }

    /** An answer over HTTP. */
    record Answer(int status, HttpResponse<byte[]> response) {
        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonObject json() {
            try (var reader = Json.createReader(new StringReader(text()))) {
                return reader.readObject();
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    Answer delete(String path, String... headers) {
        return send(request(path, headers).DELETE());
    }

    Answer post(String path, String body, String... headers) {
        return send(request(path, headers).POST(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path, String... headers) {
        var builder = HttpRequest.newBuilder(uri(path));
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    /** Makes a session with the test engine. @param look JSON */
    JsonObject session(String token, String look, String output) {
        var answer = post(
                "/api/v1/sessions",
                """
                {"engine":"square","look":%s,"output":"%s"}""".formatted(look, output),
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/json");
        if (answer.status() != 201) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer.json();
    }

    /** Waits until a condition holds that another thread brings about. */
    static void until(BooleanSupplier condition) {
        var deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come about in ten seconds");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Returns a new guest's token. */
    String guest() {
        return post("/api/v1/guests", "").json().getString("token");
    }

    /** Returns the administrators' token. */
    String admin() {
        return ADMIN;
    }

    @Override
    public void close() {
        server.stop();
        http.close();
    }
}
