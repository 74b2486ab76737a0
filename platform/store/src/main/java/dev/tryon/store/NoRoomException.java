package dev.tryon.store;

/** All subjects together hold as much as there is room for; the message is for the log. */
public final class NoRoomException extends StoreException {
    private static final long serialVersionUID = 1;

    /** Makes one. @param message which bound was met */
    public NoRoomException(String message) {
        super(message);
    }
}
