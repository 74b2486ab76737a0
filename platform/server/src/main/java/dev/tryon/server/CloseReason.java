package dev.tryon.server;

import java.time.Duration;
import java.util.Optional;

/** Why the server closes a live connection: a code and a fixed text. */
enum CloseReason {
    /** The session was ended through REST. */
    ENDED(1000, "the session is over"),
    /** The server stops. */
    RESTARTING(1012, "the server is restarting"),
    /** Too many messages that mean nothing, or no hello. */
    MALFORMED(4400, "malformed"),
    /** No good ticket or resume token. */
    UNAUTHENTICATED(4401, "unauthenticated"),
    /** A page that may not connect. */
    FORBIDDEN(4403, "this origin is not allowed"),
    /** No such session, or no more. */
    NO_SUCH_SESSION(4404, "no such session"),
    /** Nothing was heard for too long. */
    SILENT(4408, "silent too long"),
    /** A newer connection took the session over. */
    SUPERSEDED(4409, "superseded by a newer connection"),
    /** A message beyond the limit. */
    TOO_BIG(4413, "message too big"),
    /** Not the sub-protocol {@code tryon.v1}. */
    PROTOCOL_VERSION(4426, "the sub-protocol is tryon.v1"),
    /** Far more frames than allowed, for long. */
    RATE(4429, "too many frames for too long", Duration.ofSeconds(10)),
    /** It would go on after a while away, but others have taken its part of the device. */
    OVERLOADED(4503, "no room just now", Duration.ofSeconds(5));

    private final int code;
    private final String text;
    private final Optional<Duration> retryAfter;

    CloseReason(int code, String text) {
        this(code, text, Optional.empty());
    }

    CloseReason(int code, String text, Duration retryAfter) {
        this(code, text, Optional.of(retryAfter));
    }

    CloseReason(int code, String text, Optional<Duration> retryAfter) {
        this.code = code;
        this.text = text;
        this.retryAfter = retryAfter;
    }

    int code() {
        return code;
    }

    String text() {
        return text;
    }

    /** Returns after how long the client may come back, where it may not at once. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
