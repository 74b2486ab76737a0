package dev.tryon.store;

import com.google.crypto.tink.StreamingAead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.UUID;

/**
 * Files that lie encrypted in another file store.
 *
 * <p>Each is bound to its id: one put in another's place does not open, nor does one that was altered, cut or sealed with
 * other keys. They are sealed in segments, so that a part can be read without the rest.
 */
final class SealedFiles implements FileStore {
    /** A segment holds a little less than 64 KiB of content, each followed by a tag of 16 bytes. */
    private static final int LEAST_SEGMENT_BYTES = 65_000;

    private static final int TAG_BYTES = 16;
    private static final int HEADER_BYTES = 64;

    private final FileStore files;
    private final StreamingAead aead;

    SealedFiles(FileStore files, StreamingAead aead) {
        this.files = files;
        this.aead = aead;
    }

    @Override
    public void write(UUID id, ByteBuffer content) {
        var length = content.remaining();
        var sealed = ByteBuffer.allocate(
                length + HEADER_BYTES + TAG_BYTES * (Math.ceilDiv(length, LEAST_SEGMENT_BYTES) + 1));
        try (var sealing = aead.newEncryptingChannel(new BufferSink(sealed), name(id))) {
            var rest = content.duplicate();
            while (rest.hasRemaining()) {
                sealing.write(rest);
            }
        } catch (IOException | GeneralSecurityException failure) {
            throw new StoreException("the file " + id + " cannot be sealed", failure);
        }
        files.write(id, sealed.flip());
    }

    @Override
    public SeekableByteChannel open(UUID id) {
        var sealed = files.open(id);
        try {
            var content = new OpenedChannel(id, aead.newSeekableDecryptingChannel(sealed, name(id)));
            // Until something was read, nobody knows whether any key fits.
            content.read(ByteBuffer.allocate(1));
            return content.position(0);
        } catch (IOException | GeneralSecurityException | StoreException failure) {
            close(sealed, failure);
            throw new StoreException("the file " + id + " does not open", failure);
        }
    }

    private static void close(SeekableByteChannel channel, Exception reason) {
        try {
            channel.close();
        } catch (IOException second) {
            reason.addSuppressed(second);
        }
    }

    @Override
    public boolean exists(UUID id) {
        return files.exists(id);
    }

    @Override
    public void delete(UUID id) {
        files.delete(id);
    }

    @Override
    public List<UUID> list() {
        return files.list();
    }

    @Override
    public void close() {
        files.close();
    }

    private static byte[] name(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** Writes into a buffer. */
    private record BufferSink(ByteBuffer target) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) {
            var length = source.remaining();
            target.put(source);
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** Reads what is authentic, and fails for all else. */
    private record OpenedChannel(UUID id, SeekableByteChannel content) implements ReadChannel {
        @Override
        public int read(ByteBuffer target) {
            try {
                return content.read(target);
            } catch (IOException failure) {
                throw altered(failure);
            }
        }

        @Override
        public long position() {
            try {
                return content.position();
            } catch (IOException failure) {
                throw altered(failure);
            }
        }

        @Override
        public SeekableByteChannel position(long position) {
            try {
                content.position(Math.min(position, content.size()));
                return this;
            } catch (IOException failure) {
                throw altered(failure);
            }
        }

        @Override
        public long size() {
            try {
                return content.size();
            } catch (IOException failure) {
                throw altered(failure);
            }
        }

        @Override
        public boolean isOpen() {
            return content.isOpen();
        }

        @Override
        public void close() throws IOException {
            content.close();
        }

        private StoreException altered(IOException failure) {
            return new StoreException("the file " + id + " is not as it was written", failure);
        }
    }
}
