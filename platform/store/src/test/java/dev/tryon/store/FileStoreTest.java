package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every file store promises. */
abstract class FileStoreTest {
    private static final UUID ID = UUID.fromString("3f000000-0000-4000-8000-000000000001");
    private static final int BYTES = 300_000;

    abstract FileStore files();

    @Test
    void readsBackWhatWasWritten() throws IOException {
        var content = bytes();
        files().write(ID, ByteBuffer.wrap(content));

        try (var channel = files().open(ID)) {
            assertThat(channel.size()).isEqualTo(BYTES);
            assertThat(read(channel, BYTES)).isEqualTo(content);
            assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void readsFromAnyPlaceOn() throws IOException {
        var content = bytes();
        files().write(ID, ByteBuffer.wrap(content));

        try (var channel = files().open(ID)) {
            for (int place : new int[] {200_000, 5, BYTES - 1}) {
                assertThat(read(channel.position(place), 1)[0]).isEqualTo(content[place]);
            }
        }
    }

    @Test
    void opensForReadingAlone() throws IOException {
        files().write(ID, ByteBuffer.wrap(bytes()));

        try (var channel = files().open(ID)) {
            assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)))
                    .isInstanceOf(NonWritableChannelException.class);
        }
    }

    @Test
    void knowsNothingOfAFileThatIsNotThere() {
        assertThat(files().exists(ID)).isFalse();
        assertThatThrownBy(() -> files().open(ID)).isInstanceOf(StoreException.class);
        files().delete(ID);
    }

    @Test
    void forgetsADeletedFile() {
        files().write(ID, ByteBuffer.wrap(bytes()));
        assertThat(files().exists(ID)).isTrue();

        files().delete(ID);

        assertThat(files().exists(ID)).isFalse();
        assertThat(files().list()).isEmpty();
    }

    @Test
    void listsAllFiles() {
        var other = UUID.randomUUID();
        files().write(ID, ByteBuffer.wrap(bytes()));
        files().write(other, ByteBuffer.wrap(bytes()));

        assertThat(files().list()).containsExactlyInAnyOrder(ID, other);
    }

    private static byte[] bytes() {
        var bytes = new byte[BYTES];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(SeekableByteChannel channel, int length) throws IOException {
        var content = ByteBuffer.allocate(length);
        while (content.hasRemaining() && channel.read(content) >= 0) {
            // Reads on.
        }
        return content.array();
    }
}
