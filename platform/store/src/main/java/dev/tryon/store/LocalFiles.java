package dev.tryon.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Files in a folder, for their owner alone: {@code 3f/3f0c…}, in sub-folders by the first two digits of their ids.
 *
 * <p>Names are made of ids and nothing else, so nothing that comes from outside ever becomes a path.
 */
final class LocalFiles implements FileStore {
    private final Path root;

    /** Uses a folder, which is made if it is not there. */
    LocalFiles(Path root) {
        this.root = root;
        try {
            DurableFile.makeFolder(root);
        } catch (IOException failure) {
            throw new StoreException("the folder " + root + " cannot be made", failure);
        }
    }

    @Override
    public void write(UUID id, ByteBuffer content) {
        var file = path(id);
        try {
            DurableFile.makeFolder(file.resolveSibling(""));
            DurableFile.write(file, content);
        } catch (IOException failure) {
            var problem = new StoreException("the file " + id + " cannot be written", failure);
            try {
                DurableFile.delete(file);
            } catch (IOException second) {
                problem.addSuppressed(second);
            }
            throw problem;
        }
    }

    @Override
    public SeekableByteChannel open(UUID id) {
        try {
            return Files.newByteChannel(path(id), StandardOpenOption.READ);
        } catch (IOException failure) {
            throw new StoreException("the file " + id + " cannot be read", failure);
        }
    }

    @Override
    public boolean exists(UUID id) {
        return Files.isRegularFile(path(id));
    }

    @Override
    public void delete(UUID id) {
        try {
            DurableFile.delete(path(id));
        } catch (IOException failure) {
            throw new StoreException("the file " + id + " cannot be deleted", failure);
        }
    }

    @Override
    public List<UUID> list() {
        var ids = new ArrayList<UUID>();
        try (var folders = Files.newDirectoryStream(root, "[0-9a-f][0-9a-f]")) {
            for (var folder : folders) {
                try (var files = Files.newDirectoryStream(folder)) {
                    for (var file : files) {
                        id(file).ifPresent(ids::add);
                    }
                }
            }
            return ids;
        } catch (IOException | DirectoryIteratorException failure) {
            throw new StoreException("the folder " + root + " cannot be listed", failure);
        }
    }

    /** What else lies in the folders, a desktop's notes say, is nobody's. */
    private static Optional<UUID> id(Path file) {
        var name = DurableFile.finishedName(file);
        try {
            return Optional.of(UUID.fromString(name)).filter(id -> id.toString().equals(name));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {}

    private Path path(UUID id) {
        var name = id.toString();
        return root.resolve(name.substring(0, 2)).resolve(name);
    }
}
