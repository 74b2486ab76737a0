package dev.tryon.spi;

import org.jspecify.annotations.Nullable;

/**
 * A try-on that failed, with two texts: one for the person, one for the log.
 *
 * <p>{@link #getMessage()} is the log's; it never reaches a client.
 */
public final class TryOnException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final String userMessage;

    /**
     * Makes one without a cause.
     *
     * @param userMessage one sentence for the person, without internals
     * @param logMessage for the log, without anything of the picture
     */
    public TryOnException(ErrorCode code, String userMessage, String logMessage) {
        this(code, userMessage, logMessage, null);
    }

    /** Makes one with a cause. */
    public TryOnException(ErrorCode code, String userMessage, String logMessage, @Nullable Throwable cause) {
        super(logMessage, cause);
        this.code = code;
        this.userMessage = userMessage;
    }

    /** Returns what went wrong. */
    public ErrorCode code() {
        return code;
    }

    /** Returns the sentence for the person. */
    public String userMessage() {
        return userMessage;
    }
}
