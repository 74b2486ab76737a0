package dev.tryon.server;

/** What can go wrong with a request besides what can go wrong with a try-on. */
enum ProblemType {
    /** The request is not what HTTP or JSON should be. */
    MALFORMED_REQUEST(400, "The request cannot be read."),
    /** No token, or not a good one. */
    UNAUTHENTICATED(401, "A bearer token is needed."),
    /** Known, but not allowed. */
    FORBIDDEN(403, "That is not allowed."),
    /** Not there, or not the asker's. */
    NOT_FOUND(404, "There is no such thing here."),
    /** Right address, wrong method. */
    METHOD_NOT_ALLOWED(405, "That method is not known here."),
    /** The request did not arrive in time. */
    REQUEST_TIMEOUT(408, "The request took too long."),
    /** The same idempotency key is being served just now. */
    REQUEST_IN_PROGRESS(409, "The same request is being served already."),
    /** Something else has that id. */
    ALREADY_THERE(409, "There is something else with that id."),
    /** It was made once with the same idempotency key, and is over. */
    GONE(410, "What that request made is over."),
    /** It is not as the caller saw it last. */
    PRECONDITION_FAILED(412, "It was changed meanwhile."),
    /** More bytes than allowed. */
    PAYLOAD_TOO_LARGE(413, "The body is larger than allowed."),
    /** The address has too many characters. */
    ADDRESS_TOO_LONG(414, "The address is too long."),
    /** A body of another kind than understood. */
    UNSUPPORTED_MEDIA_TYPE(415, "The body has a media type that is not understood here."),
    /** No byte of the file lies in the range. */
    RANGE_NOT_SATISFIABLE(416, "There is nothing in that range."),
    /** A file is another thing than its sender says. */
    MEDIA_TYPE_MISMATCH(422, "The file is not what it is called."),
    /** A file is a picture and something else besides. */
    AMBIGUOUS_FILE(422, "The file is more than a picture or a video."),
    /** A file is no video that is understood. */
    INVALID_VIDEO(422, "The video cannot be used."),
    /** A video is longer than the caller's tier allows. */
    VIDEO_TOO_LONG(422, "The video is too long."),
    /** Fields that are unknown, missing, of the wrong type or out of range. */
    VALIDATION_FAILED(422, "Some fields cannot be used."),
    /** The idempotency key was used with another body. */
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used for another request."),
    /** An upload that a scanner knows to be harmful. */
    MALWARE_FOUND(422, "The file contains malware."),
    /** The headers have too many bytes. */
    HEADERS_TOO_LARGE(431, "The headers are too large."),
    /** The subject keeps as much as one may. */
    STORAGE_QUOTA_EXCEEDED(507, "There is no room for more of yours."),
    /** Everybody together keeps as much as there is room for. */
    STORAGE_FULL(507, "The server has no room for more."),
    /** The engine is there but cannot serve. */
    ENGINE_UNAVAILABLE(503, "The engine is not ready."),
    /** The database or the files cannot be reached. */
    STORE_UNAVAILABLE(503, "Nothing can be kept or looked up just now."),
    /** Uploads are scanned, and the scanner does not answer. */
    SCAN_UNAVAILABLE(503, "Files cannot be checked for malware just now."),
    /** The server is stopping. */
    RESTARTING(503, "The server is restarting."),
    /** Our own fault. */
    INTERNAL_ERROR(500, "The server failed.");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }
}
