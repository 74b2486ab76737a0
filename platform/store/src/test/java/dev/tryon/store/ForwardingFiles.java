package dev.tryon.store;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.UUID;

/** Files as others keep them. */
class ForwardingFiles implements FileStore {
    private final FileStore files;

    ForwardingFiles(FileStore files) {
        this.files = files;
    }

    @Override
    public void write(UUID id, ByteBuffer content) {
        files.write(id, content);
    }

    @Override
    public SeekableByteChannel open(UUID id) {
        return files.open(id);
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
    public void close() {}
}
