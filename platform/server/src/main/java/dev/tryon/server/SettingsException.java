package dev.tryon.server;

/** The settings cannot be used; the message says which and why, for the person who starts the server. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes one. @param message names the setting */
    public SettingsException(String message) {
        super(message);
    }

    /** Makes one for a file that cannot be read. */
    public SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
