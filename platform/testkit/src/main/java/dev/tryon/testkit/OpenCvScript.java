package dev.tryon.testkit;

import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opencv.core.Point;

/** The script that photographs of cloth are given to for comparison: {@code usual_way.py}, with Python and OpenCV. */
final class OpenCvScript {
    private static final String SCRIPT = "platform/testkit/src/main/python/usual_way.py";
    private static final String PYTHON = "TRYON_PYTHON";

    private OpenCvScript() {}

    /** What it made of one photograph. @param folder holds basecolor, normal and roughness as PNG */
    record Result(ClothSet.Photo photo, Path folder, List<Point> corners, double millis) {}

    /** Runs it. @return empty, with a line that says so, where there is no Python with OpenCV; TRYON_PYTHON names one */
    static Optional<List<Result>> run(Path home, List<ClothSet.Photo> photos) {
        try {
            var out = Files.createTempDirectory("tryon-usual-way");
            var command = new ArrayList<String>();
            command.add(System.getenv().getOrDefault(PYTHON, "python3"));
            command.add(home.resolve(SCRIPT).toString());
            command.add(out.toString());
            photos.forEach(photo -> command.add(photo.file().toString()));
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (process.waitFor() != 0 || lines.size() != photos.size()) {
                System.err.println("tryon: no Python with OpenCV is here to compare with; " + PYTHON + " names one");
                return Optional.empty();
            }
            var results = new ArrayList<Result>();
            for (var i = 0; i < lines.size(); i++) {
                results.add(result(photos.get(i), out.resolve(Integer.toString(i)), lines.get(i)));
            }
            return Optional.of(results);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Result result(ClothSet.Photo photo, Path folder, String line) {
        try (var reader = Json.createReader(new StringReader(line))) {
            var json = reader.readObject();
            var numbers = json.getJsonArray("corners");
            var corners = new ArrayList<Point>();
            for (var i = 0; i < numbers.size(); i += 2) {
                corners.add(new Point(
                        numbers.getJsonNumber(i).doubleValue(),
                        numbers.getJsonNumber(i + 1).doubleValue()));
            }
            return new Result(
                    photo, folder, corners, json.getJsonNumber("millis").doubleValue());
        }
    }
}
