package dev.tryon.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * A process that keeps results until it is killed: it reads numbers, keeps a result for each, and says so once it is kept.
 */
final class CrashingWriter {
    static final Store.Limits LIMITS = new Store.Limits("writer", 1L << 40, 1L << 40);
    static final String OWNER = "ada";
    private static final int WRITERS = 4;
    private static final int LARGEST_BYTES = 100_000;

    private CrashingWriter() {}

    /** Runs. @param arguments the data directory */
    public static void main(String[] arguments) throws IOException {
        try (var store = open(Path.of(arguments[0]));
                var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
                var writers = Executors.newFixedThreadPool(WRITERS)) {
            System.out.println("ready");
            for (var line = input.readLine(); line != null; line = input.readLine()) {
                int number = Integer.parseInt(line);
                writers.execute(() -> {
                    keep(store, number);
                    System.out.println("kept " + number + ".");
                });
            }
        }
    }

    static Store open(Path dataDir) {
        return Store.open(
                dataDir,
                new DatabaseSettings("", "", "", 8),
                FileSettings.local(dataDir),
                LIMITS,
                InstantSource.system());
    }

    static UUID id(int number) {
        return new UUID(7, number);
    }

    /** Returns the bytes that a number's picture has, always the same. */
    static byte[] picture(int number) {
        var random = new Random(number);
        var bytes = new byte[1 + random.nextInt(LARGEST_BYTES)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void keep(Store store, int number) {
        store.results()
                .keep(
                        Drafts.result(id(number), OWNER, InstantSource.system()),
                        List.of(
                                new NewFile("image", "image/png", ByteBuffer.wrap(picture(number))),
                                new NewFile("thumbnail", "image/png", ByteBuffer.wrap(picture(-number)))));
    }
}
