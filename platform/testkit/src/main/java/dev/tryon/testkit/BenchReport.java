package dev.tryon.testkit;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Tells what a benchmark measured: as a table for people, as JSON for programs. */
final class BenchReport {
    private BenchReport() {}

    /** Prints a line per row. */
    static void print(List<BenchRow> rows, PrintStream out) {
        for (var row : rows) {
            var line = new StringBuilder("%-52s %-10s".formatted(row.scenario(), row.subject()));
            new TreeMap<>(row.metrics())
                    .forEach((name, value) ->
                            line.append("  ").append(name).append(' ').append(number(value)));
            out.println(line);
        }
    }

    /** Writes {@code {name, date, command, machine, rows: [{case, subject, metrics}]}}. */
    static void write(Path file, String name, String command, Instant date, List<BenchRow> rows) throws IOException {
        var settings = Map.of(JsonGenerator.PRETTY_PRINTING, true);
        try (var writer = Files.newBufferedWriter(file);
                var json = Json.createGeneratorFactory(settings).createGenerator(writer)) {
            json.writeStartObject()
                    .write("name", name)
                    .write("date", date.toString())
                    .write("command", command)
                    .writeStartObject("machine")
                    .write("processors", Runtime.getRuntime().availableProcessors())
                    .write("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                    .write("java", Runtime.version().toString())
                    .write("maxHeapMebibytes", Runtime.getRuntime().maxMemory() >> 20)
                    .writeEnd();
            json.writeStartArray("rows");
            for (var row : rows) {
                json.writeStartObject().write("case", row.scenario()).write("subject", row.subject());
                json.writeStartObject("metrics");
                new TreeMap<>(row.metrics()).forEach(json::write);
                json.writeEnd().writeEnd();
            }
            json.writeEnd().writeEnd();
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e12
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : "%.1f", value);
    }
}
