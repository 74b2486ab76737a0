package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedFilesTest {
    private static final int SEVERAL_SEGMENTS = 200_001;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 65_480, 65_481, 65_536, 131_072, SEVERAL_SEGMENTS, 1 << 20})
    void readsWhatWasWrittenOfAnySize(int size) throws IOException {
        var files = files();
        var id = UUID.randomUUID();
        var content = bytes(size);

        files.write(id, ByteBuffer.wrap(content));

        assertThat(all(files, id)).isEqualTo(content);
    }

    @Test
    void readsAnyPartWithoutTheRest() throws IOException {
        var files = files();
        var id = UUID.randomUUID();
        var content = bytes(SEVERAL_SEGMENTS);
        files.write(id, ByteBuffer.wrap(content));

        try (var channel = files.open(id)) {
            assertThat(channel.size()).isEqualTo(SEVERAL_SEGMENTS);
            for (int start : new int[] {150_000, 65_000, 0, SEVERAL_SEGMENTS - 1}) {
                channel.position(start);
                var one = ByteBuffer.allocate(1);
                assertThat(channel.read(one)).isOne();
                assertThat(one.get(0)).isEqualTo(content[start]);
            }
            assertThat(channel.position(SEVERAL_SEGMENTS + 5L).read(ByteBuffer.allocate(1)))
                    .isEqualTo(-1);
        }
    }

    @Test
    void leavesNothingReadableOnTheDisk() throws IOException {
        var files = files();
        var id = UUID.randomUUID();
        files.write(id, ByteBuffer.wrap("a picture of Ada, a picture of Ada".getBytes(StandardCharsets.UTF_8)));

        assertThat(new String(Files.readAllBytes(onDisk(id)), StandardCharsets.ISO_8859_1))
                .doesNotContain("Ada");
    }

    @Test
    void refusesAnAlteredByteWhereverItIs() throws IOException {
        var files = files();
        var id = UUID.randomUUID();
        files.write(id, ByteBuffer.wrap(bytes(SEVERAL_SEGMENTS)));
        var sealed = Files.readAllBytes(onDisk(id));
        for (int place : new int[] {0, 1, 20, 60, 65_536, 131_100, sealed.length - 1}) {
            var altered = sealed.clone();
            altered[place] ^= 1;
            Files.write(onDisk(id), altered);

            assertThatThrownBy(() -> all(files, id)).as("byte " + place).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void refusesWhatWasCut() throws IOException {
        var store =
                Store.open(new MemoryDatabase(), files(), new TestClock(), new Store.Limits("node", 1 << 20, 1 << 20));
        var kept = store.results()
                .keep(
                        Drafts.result(UUID.randomUUID(), "ada", new TestClock()),
                        List.of(new NewFile("image", "image/png", ByteBuffer.wrap(bytes(SEVERAL_SEGMENTS)))));
        var image = kept.file("image").orElseThrow();
        var sealed = Files.readAllBytes(onDisk(image.id()));
        for (int length : new int[] {0, 10, 40, 65_536, 131_072, sealed.length - 1}) {
            Files.write(onDisk(image.id()), Arrays.copyOf(sealed, length));

            assertThatThrownBy(() -> store.results().open(image).close())
                    .as(length + " bytes")
                    .isInstanceOf(StoreException.class);
        }
    }

    @Test
    void refusesOneFileInThePlaceOfAnother() throws IOException {
        var files = files();
        var one = UUID.fromString("aa000000-0000-4000-8000-000000000001");
        var other = UUID.fromString("aa000000-0000-4000-8000-000000000002");
        files.write(one, ByteBuffer.wrap(bytes(10)));
        files.write(other, ByteBuffer.wrap(bytes(10)));
        Files.write(onDisk(one), Files.readAllBytes(onDisk(other)));

        assertThatThrownBy(() -> files.open(one)).isInstanceOf(StoreException.class);
    }

    @Test
    void refusesOtherKeys() throws IOException {
        var id = UUID.randomUUID();
        files().write(id, ByteBuffer.wrap(bytes(10)));
        var otherKeys = new FileKeys(folder.resolve("other.json"));
        otherKeys.make();
        var files = new SealedFiles(new LocalFiles(folder.resolve("files")), otherKeys.aead());

        assertThatThrownBy(() -> files.open(id)).isInstanceOf(StoreException.class);
    }

    @Test
    void readsOldFilesAfterItsKeysWereRotatedAndWritesWithTheNewKey() throws IOException {
        var old = UUID.randomUUID();
        files().write(old, ByteBuffer.wrap(bytes(10)));
        var before = Files.readString(keys());

        assertThat(new FileKeys(keys()).rotate()).isEqualTo(2);

        var rotated = files();
        assertThat(all(rotated, old)).isEqualTo(bytes(10));
        var young = UUID.randomUUID();
        rotated.write(young, ByteBuffer.wrap(bytes(10)));
        assertThat(all(rotated, young)).isEqualTo(bytes(10));
        Files.writeString(keys(), before);
        assertThatThrownBy(() -> files().open(young)).isInstanceOf(StoreException.class);
    }

    @Test
    void letsNobodyElseSeeKeysOrFiles() throws IOException {
        var id = UUID.randomUUID();
        files().write(id, ByteBuffer.wrap(bytes(10)));

        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(path -> !path.equals(folder))).isNotEmpty().allSatisfy(path -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .endsWith("------"));
        }
    }

    private Path keys() {
        return folder.resolve("keys/files.json");
    }

    private FileStore files() {
        var keys = new FileKeys(keys());
        if (!keys.exist()) {
            keys.make();
        }
        return new SealedFiles(new LocalFiles(folder.resolve("files")), keys.aead());
    }

    private Path onDisk(UUID id) {
        return folder.resolve("files").resolve(id.toString().substring(0, 2)).resolve(id.toString());
    }

    private static byte[] all(FileStore files, UUID id) throws IOException {
        try (var channel = files.open(id)) {
            var content = ByteBuffer.allocate((int) channel.size());
            while (content.hasRemaining() && channel.read(content) >= 0) {
                // Reads on.
            }
            return content.array();
        }
    }

    private static byte[] bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
