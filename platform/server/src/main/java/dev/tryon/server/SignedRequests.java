package dev.tryon.server;

import dev.tryon.store.Marks;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks the requests that programs sign: HMAC-SHA256, in hexadecimal, with a secret of the client's.
 *
 * <p>Without a nonce what is signed is the time and the body, one right after the other. With one it is {@code tryon-v2},
 * the time, the nonce, the method, the path with its query, each on a line of its own, and the body: a request signed so
 * cannot be sent to another address, and two of the same kind in one second are told apart. Either way a signature is
 * taken once, on whatever node, and within five minutes. Thread-safe.
 */
final class SignedRequests {
    /** What names the client; a request that has it is a signed one. */
    static final HeaderName CLIENT = HeaderNames.create("X-Client-Id");

    private static final HeaderName TIMESTAMP = HeaderNames.create("X-Timestamp");
    private static final HeaderName SIGNATURE = HeaderNames.create("X-Signature");
    private static final HeaderName NONCE = HeaderNames.create("X-Nonce");
    private static final Duration EITHER_WAY = Duration.ofMinutes(5);

    private final Map<String, AuthSettings.Client> clients;
    private final Marks marks;
    private final Secrets secrets;
    private final Ids ids;
    private final InstantSource clock;
    private final BodyMemory memory;

    SignedRequests(
            Map<String, AuthSettings.Client> clients,
            Marks marks,
            Secrets secrets,
            Ids ids,
            InstantSource clock,
            BodyMemory memory) {
        this.clients = clients;
        this.marks = marks;
        this.secrets = secrets;
        this.ids = ids;
        this.clock = clock;
        this.memory = memory;
    }

    /** Returns the client that has signed a request; empty if none has. The body is read, and kept for its readers. */
    Optional<Identity> client(ServerRequest request) {
        var headers = request.headers();
        var id = headers.first(CLIENT).orElse("");
        var client = Optional.ofNullable(clients.get(id));
        var time = headers.first(TIMESTAMP).filter(this::isNow);
        var signature = headers.first(SIGNATURE).flatMap(SignedRequests::hex);
        var nonce = headers.first(NONCE);
        if (client.isEmpty()
                || time.isEmpty()
                || signature.isEmpty()
                || !nonce.map(SignedRequests::isNonce).orElse(true)) {
            return Optional.empty();
        }
        var body = RequestBody.keep(request, memory);
        var expected = sign(
                client.get().secret(),
                nonce.map(text -> String.join(
                                "\n",
                                "tryon-v2",
                                time.get(),
                                text,
                                request.prologue().method().text(),
                                address(request),
                                ""))
                        .orElse(time.get()),
                body);
        return MessageDigest.isEqual(expected, signature.get()) && isFirst(signature.get())
                ? Optional.of(new Identity(
                        Identity.OURS + "client:" + id,
                        CallerClass.CLIENT,
                        client.get().tier(),
                        Role.USER))
                : Optional.empty();
    }

    private boolean isNow(String time) {
        return time.matches("\\d{10}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), clock.instant())
                                .abs()
                                .compareTo(EITHER_WAY)
                        <= 0;
    }

    private static boolean isNonce(String text) {
        return text.matches("[A-Za-z0-9_-]{16,128}");
    }

    private static Optional<byte[]> hex(String text) {
        return text.matches("[0-9a-fA-F]{64}") ? Optional.of(HexFormat.of().parseHex(text)) : Optional.empty();
    }

    private static String address(ServerRequest request) {
        var query = request.query().rawValue();
        return request.path().rawPath() + (query.isEmpty() ? "" : "?" + query);
    }

    /** Signs a text and a body. */
    static byte[] sign(String secret, String text, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(text.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("every JDK has HmacSHA256", failure);
        }
    }

    /** The mark outlives every time at which the signature could be sent again. */
    private boolean isFirst(byte[] signature) {
        var mine = ids.next().toString();
        var key = "signature:" + secrets.derive("signature", HexFormat.of().formatHex(signature));
        return marks.setIfAbsent(key, "", mine, EITHER_WAY.multipliedBy(2).plusMinutes(1))
                .equals(mine);
    }
}
