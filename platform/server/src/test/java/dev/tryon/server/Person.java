package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.server.TestServer.Answer;
import jakarta.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;

/** Somebody who calls a test server with a token of their own. */
record Person(TestServer server, String token) {
    static final String BOUNDARY = "xXboundaryXx";

    /** Returns somebody new. */
    static Person guest(TestServer server) {
        return new Person(server, server.guest());
    }

    /** Returns whom the token was issued to. */
    String subject() {
        var claims = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        try (var reader = Json.createReader(new StringReader(claims))) {
            return reader.readObject().getString("sub");
        }
    }

    Answer get(String path, String... headers) {
        return server.send(request(path, headers).GET());
    }

    Answer head(String path, String... headers) {
        return server.send(request(path, headers).HEAD());
    }

    Answer delete(String path, String... headers) {
        return server.send(request(path, headers).DELETE());
    }

    Answer post(String path, String json, String... headers) {
        return json("POST", path, json, headers);
    }

    Answer put(String path, String json, String... headers) {
        return json("PUT", path, json, headers);
    }

    private Answer json(String method, String path, String json, String... headers) {
        return server.send(request(path, headers)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json)));
    }

    /** Makes a session with the test engine. */
    Answer session(String... headers) {
        return post("/api/v1/sessions", "{\"engine\":\"square\"}", headers);
    }

    Answer upload(byte[] file, String purpose, String... headers) {
        return send(form(file, purpose), headers);
    }

    /** Sends a form to be uploaded. */
    Answer send(byte[] form, String... headers) {
        return server.send(request("/api/v1/uploads", headers)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(form)));
    }

    HttpRequest.Builder request(String path, String... headers) {
        var all = Stream.concat(Arrays.stream(headers), Stream.of("Authorization", "Bearer " + token))
                .toArray(String[]::new);
        return server.request(path, all);
    }

    static byte[] form(byte[] file, String purpose) {
        return form(file, purpose, "application/octet-stream");
    }

    static byte[] form(byte[] file, String purpose, String mediaType) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n" + purpose
                        + "\r\n--" + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../a.png\"\r\n"
                        + "Content-Type: " + mediaType + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(file);
        out.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /** Checks that an answer is a problem that tells nothing of the inside. */
    static void isProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("code")).isEqualTo(code);
        assertThat(answer.json().getInt("status")).isEqualTo(status);
        assertThat(answer.json()).containsKeys("title", "recoverable");
        assertThat(answer.text()).doesNotContain("Exception", "dev.tryon", "java.");
    }
}
