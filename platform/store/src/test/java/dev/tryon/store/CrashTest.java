package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that keeps results, again and again, and looks at what is left. */
@Tag("slow")
class CrashTest {
    private static final int ROUNDS = 3;
    private static final int WRITES_A_ROUND = 60;

    @TempDir
    private Path dataDir;

    @Test
    void losesDoublesAndLeavesNothingWhenItIsKilled() throws IOException {
        var random = new Random(20);
        var acknowledged = new HashSet<Integer>();
        for (int round = 1; round <= ROUNDS; round++) {
            int last = round * WRITES_A_ROUND;
            var wanted = IntStream.range(0, last)
                    .filter(number -> !acknowledged.contains(number))
                    .boxed()
                    .toList();
            writeUntilKilled(wanted, 1 + random.nextInt(WRITES_A_ROUND), acknowledged);
        }

        try (var store = CrashingWriter.open(dataDir)) {
            store.sweep();
            assertThat(store.checkFiles()).isEqualTo(new FileCheck(0, List.of()));
            for (int number : acknowledged) {
                var kept = store.results()
                        .find(CrashingWriter.id(number), CrashingWriter.OWNER)
                        .orElseThrow(() -> new AssertionError("lost: " + number));
                assertThat(bytes(store, kept, "image")).isEqualTo(CrashingWriter.picture(number));
                assertThat(bytes(store, kept, "thumbnail")).isEqualTo(CrashingWriter.picture(-number));
            }
            var all = new ArrayList<Result>();
            Optional<Position> place = Optional.empty();
            do {
                var page = store.results().list(Filter.of(CrashingWriter.OWNER), place, 50);
                all.addAll(page);
                place = page.isEmpty() ? Optional.empty() : Optional.of(Position.after(page.getLast()));
            } while (place.isPresent());
            assertThat(all).extracting(Result::id).doesNotHaveDuplicates();
            assertThat(all.size()).isBetween(acknowledged.size(), ROUNDS * WRITES_A_ROUND);
        }
        assertThat(acknowledged.size()).isGreaterThan(ROUNDS);
    }

    private void writeUntilKilled(List<Integer> wanted, int enough, Set<Integer> acknowledged) throws IOException {
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        classPath(),
                        CrashingWriter.class.getName(),
                        dataDir.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var answers =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
                var numbers = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII)) {
            assertThat(answers.readLine()).isEqualTo("ready");
            for (int number : wanted) {
                numbers.write(number + "\n");
            }
            numbers.flush();
            int count = 0;
            for (var line = answers.readLine(); line != null; line = answers.readLine()) {
                // The last line may be cut.
                if (line.endsWith(".")) {
                    acknowledged.add(Integer.parseInt(line.substring("kept ".length(), line.length() - 1)));
                    count++;
                }
                if (count == enough) {
                    // By its handle, which leaves what it has said to be read.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** The child has no need of modules. */
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                Path.of("target/test-classes").toAbsolutePath().toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path", ""));
    }

    private static byte[] bytes(Store store, Result kept, String file) {
        var content = store.results().read(kept.file(file).orElseThrow());
        var bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }
}
