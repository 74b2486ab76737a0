package dev.tryon.server;

import jakarta.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Writes each log line as one JSON object, for programs that collect them. */
final class JsonLines extends Formatter {
    @Override
    public String format(LogRecord line) {
        var json = Json.createObjectBuilder()
                .add("time", line.getInstant().toString())
                .add("level", level(line.getLevel()))
                .add("logger", String.valueOf(line.getLoggerName()))
                .add("message", formatMessage(line));
        LogScope.current().forEach(json::add);
        var thrown = line.getThrown();
        if (thrown != null) {
            json.add("error", thrown.getClass().getName()).add("stack", stack(thrown));
        }
        return json.build() + "\n";
    }

    /** The words that other programs use. */
    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warn";
        }
        return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }

    private static String stack(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
