package dev.tryon.server;

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
    PROTOCOL_VERSION(4426, "the sub-protocol is tryon.v1");

    private final int code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    int code() {
        return code;
    }

    String text() {
        return text;
    }
}
