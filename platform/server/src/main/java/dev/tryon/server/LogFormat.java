package dev.tryon.server;

import java.util.Arrays;
import java.util.logging.LogManager;

/** How log lines are written. */
public enum LogFormat {
    /** A line for people. */
    TEXT,
    /** A JSON object for programs. */
    JSON;

    static LogFormat of(Settings settings) {
        return switch (settings.text("log.format")) {
            case "text" -> TEXT;
            case "json" -> JSON;
            default ->
                throw new SettingsException("log.format must be text or json, not " + settings.text("log.format"));
        };
    }

    /** Makes the process write so. */
    void use() {
        if (this == JSON) {
            var root = LogManager.getLogManager().getLogger("");
            if (root != null) {
                Arrays.stream(root.getHandlers()).forEach(handler -> handler.setFormatter(new JsonLines()));
            }
        }
    }
}
