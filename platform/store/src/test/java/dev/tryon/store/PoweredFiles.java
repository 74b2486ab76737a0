package dev.tryon.store;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.UUID;

/** A process's view of files that outlive it. */
record PoweredFiles(FileStore files, Power power) implements FileStore {
    @Override
    public void write(UUID id, ByteBuffer content) {
        power.step();
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
        power.step();
        files.delete(id);
    }

    @Override
    public List<UUID> list() {
        return files.list();
    }

    @Override
    public void close() {}
}
