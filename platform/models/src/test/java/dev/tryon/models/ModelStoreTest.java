package dev.tryon.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tryon.models.ModelException.Problem;
import dev.tryon.models.PublishedFile.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With files and an importer of the test's own. */
class ModelStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final byte[] CONTENT = "a published network".getBytes(UTF_8);
    private static final ModelEntry ENTRY = Entries.entry("test-network", Format.TFLITE, CONTENT);

    @TempDir
    private Path folder;

    private long room = 1 << 20;
    private int imports;
    private int version = 1;
    private int inputs = 4;

    /** Puts the version before the file, and counts. */
    private final class CountingImporter implements Importer {
        @Override
        public int version() {
            return version;
        }

        @Override
        public ImportedNetwork toTorchScript(byte[] published) {
            imports++;
            var archive = "archive of version " + version + " of " + new String(published, UTF_8);
            return new ImportedNetwork(
                    archive.getBytes(UTF_8),
                    List.of(new ImportedNetwork.Port("in", List.of(1, inputs))),
                    List.of(new ImportedNetwork.Port("out", List.of(1, 4))));
        }
    }

    private ModelStore store() {
        return new ModelStore(
                ModelList.of(List.of(ENTRY)),
                new ModelFolder(folder.resolve("models"), () -> NOW, _ -> room),
                new CountingImporter());
    }

    private Path brought() throws IOException {
        var brought = Files.createDirectories(folder.resolve("brought/deep"));
        Files.writeString(brought.resolve("another.tflite"), "a published nothing");
        Files.write(brought.resolve("whatever it is called"), CONTENT);
        return folder.resolve("brought");
    }

    private static ModelSource of(InputStream bytes) {
        return (_, taker) -> taker.take("the test", bytes);
    }

    private static ModelSource of(String content) {
        return of(new ByteArrayInputStream(content.getBytes(UTF_8)));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("models"))) {
            return files.sorted().toList();
        }
    }

    private Path file(String ending) throws IOException {
        return files().stream()
                .filter(file -> file.toString().endsWith(ending))
                .findFirst()
                .orElseThrow();
    }

    private static void damage(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private void assertRefused(Problem problem, Runnable call, String... parts) {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(call::run)
                .satisfies(failure -> assertThat(failure.problem()).isEqualTo(problem))
                .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
    }

    @Test
    void findsABroughtFileByWhatItHoldsAndImportsIt() throws IOException {
        assertThat(store().state(ENTRY)).isEqualTo(ModelState.ABSENT);
        assertThat(store().pull(ENTRY, new FolderSource(brought()))).isTrue();

        assertThat(store().state(ENTRY)).isEqualTo(ModelState.IMPORTED);
        assertThat(store().torchScript(ENTRY)).asString(UTF_8).isEqualTo("archive of version 1 of a published network");
        assertThat(file(".tflite")).hasBinaryContent(CONTENT);
        assertThat(imports).isOne();
    }

    @Test
    void bringsNothingThatIsHereAlready() throws IOException {
        store().pull(ENTRY, new FolderSource(brought()));

        assertThat(store().pull(ENTRY, (_, _) -> {
                    throw new AssertionError("asked for");
                }))
                .isFalse();
    }

    @Test
    void saysWhatIsNotInAFolder() throws IOException {
        var empty = Files.createDirectory(folder.resolve("empty"));

        assertRefused(
                Problem.ABSENT,
                () -> store().pull(ENTRY, new FolderSource(empty)),
                "no file in " + empty,
                ENTRY.file().sha256().hex());
    }

    @Test
    void refusesAnotherFileWithBothHashes() throws IOException {
        var wrong = "a published netw0rk";

        assertRefused(
                Problem.WRONG_FILE,
                () -> store().pull(ENTRY, of(wrong)),
                "the test",
                Sha256.of(wrong.getBytes(UTF_8)).hex(),
                ENTRY.file().sha256().hex());
        assertRefused(Problem.WRONG_FILE, () -> store().pull(ENTRY, of("a published")), "11 bytes");
        assertThat(files()).isEmpty();
    }

    @Test
    void readsNoMoreThanTheFileHas() throws IOException {
        var endless = new InputStream() {
            private long given;

            @Override
            public int read() {
                given++;
                return 'a';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                given += length;
                return length;
            }
        };

        assertRefused(Problem.WRONG_FILE, () -> store().pull(ENTRY, of(endless)), "longer than 19 bytes");
        assertThat(endless.given).isLessThan(1 << 20);
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNothingOfAFileThatBreaksOff() throws IOException {
        var broken = new SequenceInputStream(new ByteArrayInputStream(CONTENT, 0, 7), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("reset");
            }
        });

        assertRefused(Problem.UNREACHABLE, () -> store().pull(ENTRY, of(broken)), "reading broke off: reset");
        assertThat(files()).isEmpty();
        assertThat(store().state(ENTRY)).isEqualTo(ModelState.ABSENT);
    }

    @Test
    void neverUsesADamagedFileAndRepairsIt() throws IOException {
        store().pull(ENTRY, new FolderSource(brought()));
        damage(file(".tflite"));

        assertThat(store().state(ENTRY)).isEqualTo(ModelState.CORRUPT);
        assertRefused(
                Problem.CORRUPT,
                () -> store().torchScript(ENTRY),
                ENTRY.file().sha256().hex(),
                "./tryon models pull test-network");
        assertThat(store().pull(ENTRY, new FolderSource(brought()))).isTrue();
        assertThat(store().state(ENTRY)).isEqualTo(ModelState.IMPORTED);
    }

    @Test
    void keepsADamagedFileUntilTheRightOneIsThere() throws IOException {
        store().pull(ENTRY, new FolderSource(brought()));
        damage(file(".tflite"));

        assertRefused(Problem.WRONG_FILE, () -> store().pull(ENTRY, of("a published nothing")), "another file");
        assertThat(store().state(ENTRY)).isEqualTo(ModelState.CORRUPT);
    }

    @Test
    void makesADamagedArchiveAnew() throws IOException {
        store().pull(ENTRY, new FolderSource(brought()));
        damage(file(".pt"));

        assertThat(store().state(ENTRY)).isEqualTo(ModelState.PRESENT);
        assertThat(store().torchScript(ENTRY)).asString(UTF_8).startsWith("archive of version 1");
        assertThat(store().state(ENTRY)).isEqualTo(ModelState.IMPORTED);
        assertThat(imports).isEqualTo(2);
    }

    @Test
    void importsAnewForANewerImporter() throws IOException {
        store().pull(ENTRY, new FolderSource(brought()));
        version = 2;

        assertThat(store().state(ENTRY)).isEqualTo(ModelState.PRESENT);
        assertThat(store().torchScript(ENTRY)).asString(UTF_8).startsWith("archive of version 2");
        assertThat(files()).hasSize(2);
    }

    @Test
    void refusesANetworkThatIsNotWhatTheListSays() throws IOException {
        inputs = 5;

        assertRefused(
                Problem.NOT_IMPORTABLE,
                () -> store().pull(ENTRY, of(new String(CONTENT, UTF_8))),
                "the inputs of file.bin",
                "[1, 5]",
                "[1, 4]");
        assertThat(store().state(ENTRY)).isEqualTo(ModelState.PRESENT);
    }

    @Test
    void refusesAFileThatIsNoNetwork() {
        var store = ModelStore.open(folder.resolve("models"), ModelList.of(List.of(ENTRY)));

        assertRefused(
                Problem.NOT_IMPORTABLE,
                () -> store.pull(ENTRY, of(new String(CONTENT, UTF_8))),
                "the network cannot be imported");
    }

    @Test
    void importsWithoutARoomToKeepIt() throws IOException {
        store().pull(ENTRY, new FolderSource(brought()));
        version = 2;
        room = 0;

        assertThat(store().torchScript(ENTRY)).asString(UTF_8).startsWith("archive of version 2");
        assertThat(store().state(ENTRY)).isEqualTo(ModelState.PRESENT);
    }

    @Test
    void usesATorchScriptAsItIs() {
        var script = Entries.entry("test-script", Format.TORCHSCRIPT, CONTENT);

        assertThat(store().pull(script, of(new String(CONTENT, UTF_8)))).isTrue();

        assertThat(store().state(script)).isEqualTo(ModelState.IMPORTED);
        assertThat(store().torchScript(script)).isEqualTo(CONTENT);
        assertThat(imports).isZero();
    }

    @Test
    void saysThatTheDiskIsFullBeforeItBegins() throws IOException {
        room = CONTENT.length - 1L;

        assertRefused(Problem.NO_ROOM, () -> store().pull(ENTRY, new FolderSource(brought0())), "no room for 19 bytes");
        assertThat(files()).isEmpty();
    }

    private Path brought0() {
        try {
            return brought();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void saysThatItsFolderCannotBeUsed() throws IOException {
        Files.writeString(folder.resolve("models"), "a file where the folder should be");

        assertRefused(
                Problem.UNUSABLE_FOLDER,
                () -> store().pull(ENTRY, new FolderSource(brought0())),
                folder.resolve("models").toString());
    }

    @Test
    void sweepsAwayWhatAKilledProcessLeftButNotWhatAnotherWrites() throws IOException {
        var models = Files.createDirectories(folder.resolve("models"));
        var abandoned = Files.writeString(models.resolve("1.unfinished"), "half");
        var underWay = Files.writeString(models.resolve("2.unfinished"), "half");
        Files.setLastModifiedTime(abandoned, FileTime.from(NOW.minus(Duration.ofMinutes(61))));
        Files.setLastModifiedTime(underWay, FileTime.from(NOW.minus(Duration.ofMinutes(59))));

        store().pull(ENTRY, new FolderSource(brought()));

        assertThat(abandoned).doesNotExist();
        assertThat(underWay).exists();
    }

    @Test
    void bearsSeveralThatBringTheSameFileAtOnce() throws Exception {
        var source = new FolderSource(brought());
        Callable<Boolean> pull = () -> store().pull(ENTRY, source);
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var result :
                    threads.invokeAll(IntStream.range(0, 32).mapToObj(_ -> pull).toList())) {
                result.get();
            }
        }

        assertThat(store().state(ENTRY)).isEqualTo(ModelState.IMPORTED);
        assertThat(files()).hasSize(2);
    }
}
