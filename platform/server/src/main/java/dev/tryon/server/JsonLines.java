package dev.tryon.server;

import jakarta.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Writes each log line as one JSON object, for programs that collect them. */
final class JsonLines extends Formatter {
    /** Fields that are numbers: programs add them up. */
    private static final Set<String> NUMBERS = Set.of("status", "millis");

    @Override
    public String format(LogRecord line) {
        var json = Json.createObjectBuilder()
                .add("time", line.getInstant().toString())
                .add("level", level(line.getLevel()))
                .add("logger", String.valueOf(line.getLoggerName()))
                .add("message", formatMessage(line));
        LogScope.current().forEach((name, value) -> {
            if (NUMBERS.contains(name)) {
                json.add(name, Long.parseLong(value));
            } else {
                json.add(name, value);
            }
        });
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
