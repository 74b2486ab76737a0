package dev.tryon.store;

/** There is no room for one more record; the message is for the log. */
public final class StoreFullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes one. @param message which bound was met */
    public StoreFullException(String message) {
        super(message);
    }
}
