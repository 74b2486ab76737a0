package dev.tryon.store;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Files in main memory, beside a {@link MemoryDatabase}. */
final class MemoryFiles implements FileStore {
    private final Map<UUID, ByteBuffer> files = new ConcurrentHashMap<>();

    @Override
    public void write(UUID id, ByteBuffer content) {
        var copy = ByteBuffer.allocate(content.remaining()).put(content.duplicate());
        files.put(id, copy.flip().asReadOnlyBuffer());
    }

    @Override
    public SeekableByteChannel open(UUID id) {
        var content = files.get(id);
        if (content == null) {
            throw new StoreException("there is no file " + id);
        }
        return new BufferChannel(content.duplicate());
    }

    @Override
    public boolean exists(UUID id) {
        return files.containsKey(id);
    }

    @Override
    public void delete(UUID id) {
        files.remove(id);
    }

    @Override
    public List<UUID> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public void close() {
        files.clear();
    }

    /** Reads from a buffer. */
    private static final class BufferChannel implements ReadChannel {
        private final ByteBuffer content;
        private boolean open = true;

        BufferChannel(ByteBuffer content) {
            this.content = content;
        }

        @Override
        public int read(ByteBuffer target) {
            if (!content.hasRemaining()) {
                return -1;
            }
            var length = Math.min(target.remaining(), content.remaining());
            target.put(content.slice(content.position(), length));
            content.position(content.position() + length);
            return length;
        }

        @Override
        public long position() {
            return content.position();
        }

        @Override
        public SeekableByteChannel position(long position) {
            content.position(Math.clamp(position, 0, content.limit()));
            return this;
        }

        @Override
        public long size() {
            return content.limit();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
