package dev.tryon.compute;

/** A device whose memory did not suffice. It never leaves this module: what is left of it is a recovery or a typed failure. */
final class DeviceMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeviceMemoryException(String message, Throwable cause) {
        super(message, cause);
    }

    DeviceMemoryException(String message) {
        super(message);
    }
}
