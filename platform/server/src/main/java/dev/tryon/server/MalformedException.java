package dev.tryon.server;

/** Bytes that are not what the protocol means at all; the message is a fixed text, fit for the client. */
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
        super(message, null, false, false);
    }
}
