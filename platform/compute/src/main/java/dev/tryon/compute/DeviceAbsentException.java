package dev.tryon.compute;

/** A device that was asked for by name and cannot be used. The message is for the operator. */
public final class DeviceAbsentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeviceAbsentException(String message) {
        super(message);
    }
}
