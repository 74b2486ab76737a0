package dev.tryon.store;

/** An id is in use just now, by a holding that is being written or removed; the message is for the log. */
public final class TakenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes one. @param message which id */
    public TakenException(String message) {
        super(message);
    }
}
