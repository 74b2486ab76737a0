package dev.tryon.store;

/** The database or the file store cannot be used just now; the message is for the log. */
public sealed class StoreException extends RuntimeException permits NoRoomException {
    private static final long serialVersionUID = 1;

    /** Makes one. @param message what could not be done */
    public StoreException(String message) {
        super(message);
    }

    /** Makes one. @param message what could not be done */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
