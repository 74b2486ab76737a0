package dev.tryon.server;

import dev.tryon.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of materials that this node has made or fetched once, in its data directory, as long as there is room: what was
 * not asked for the longest goes first.
 *
 * <p>They are open to everybody and can be made again, so nothing is lost with them. A file's name ends with the digest of
 * its bytes, and the first use after a start compares them: what is broken is not there. Thread-safe.
 */
final class MaterialCache {
    private static final Logger LOG = LoggerFactory.getLogger(MaterialCache.class);
    private static final String UNFINISHED = ".part";
    private static final String SEPARATOR = ",";

    private final Path folder;
    private final long mostBytes;
    private final InstantSource clock;
    /** By key, the one that was not asked for the longest first. */
    private final LinkedHashMap<String, CachedFile> files = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    /**
     * What a file is of.
     *
     * @param version of what is made of the item
     * @param form {@code 1024} say
     */
    record Key(String engine, String item, String version, String form) {
        private static final int PARTS = 4;

        private String name() {
            return String.join(SEPARATOR, engine, item, version, form);
        }

        private static Optional<Key> parse(String name) {
            var parts = name.split(SEPARATOR, -1);
            return parts.length == PARTS
                    ? Optional.of(new Key(parts[0], parts[1], parts[2], parts[3]))
                    : Optional.empty();
        }
    }

    /**
     * A file that is there.
     *
     * @param digest of its bytes
     * @param checked whether this process has seen that it is whole
     */
    record CachedFile(Path path, String digest, long bytes, boolean checked) {}

    /**
     * Opens the cache, and clears away what a killed process was writing.
     *
     * @param mostBytes of all files together
     * @param clock that files' times are of, by which the next process knows which was used last
     */
    MaterialCache(Path folder, long mostBytes, InstantSource clock) {
        this.clock = clock;
        this.folder = folder;
        this.mostBytes = mostBytes;
        try {
            Files.createDirectories(folder);
            record Found(FileTime used, Path path) {}
            var found = new ArrayList<Found>();
            try (var list = Files.list(folder)) {
                for (Path path : (Iterable<Path>) list::iterator) {
                    if (path.toString().endsWith(UNFINISHED)) {
                        Files.delete(path);
                    } else {
                        found.add(new Found(Files.getLastModifiedTime(path), path));
                    }
                }
            }
            found.sort(Comparator.comparing(Found::used));
            for (var file : found) {
                adopt(file.path());
            }
            makeRoom();
        } catch (IOException failure) {
            throw new StoreException("the folder " + folder + " cannot be used", failure);
        }
    }

    private void adopt(Path path) throws IOException {
        var name = path.getFileName().toString();
        var end = name.lastIndexOf(SEPARATOR);
        if (end > 0) {
            add(name.substring(0, end), new CachedFile(path, name.substring(end + 1), Files.size(path), false));
        }
    }

    /** Returns a file, if it is there and whole. */
    synchronized Optional<CachedFile> find(Key key) {
        var file = files.get(key.name());
        if (file == null) {
            return Optional.empty();
        }
        if (file.checked() && Files.exists(file.path())) {
            touch(file.path());
            return Optional.of(file);
        }
        try {
            if (Digests.of(ByteBuffer.wrap(Files.readAllBytes(file.path()))).equals(file.digest())) {
                var checked = new CachedFile(file.path(), file.digest(), file.bytes(), true);
                files.put(key.name(), checked);
                touch(file.path());
                return Optional.of(checked);
            }
            LOG.warn("{} is broken and will be made again", file.path());
        } catch (IOException failure) {
            LOG.warn("{} cannot be read and will be made again", file.path(), failure);
        }
        remove(key);
        return Optional.empty();
    }

    /**
     * Keeps a file, which is whole on return, in the place of the one that there was.
     *
     * @throws StoreException if it cannot be written
     */
    synchronized CachedFile put(Key key, byte[] content) {
        remove(key);
        var digest = Digests.of(ByteBuffer.wrap(content));
        var path = folder.resolve(key.name() + SEPARATOR + digest);
        var unfinished = folder.resolve(key.name() + UNFINISHED);
        try {
            Files.write(unfinished, content);
            touch(unfinished);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new StoreException("the file " + path + " cannot be written", failure);
        }
        var file = new CachedFile(path, digest, content.length, true);
        add(key.name(), file);
        makeRoom();
        return file;
    }

    /** Files that cannot be given another time are served none the less. */
    private void touch(Path path) {
        try {
            Files.setLastModifiedTime(path, FileTime.from(clock.instant()));
        } catch (IOException failure) {
            LOG.warn("the time of {} cannot be set", path, failure);
        }
    }

    private void add(String name, CachedFile file) {
        files.put(name, file);
        bytes += file.bytes();
    }

    /** Deletes what was not asked for the longest, but never the newest: somebody waits for it. */
    private void makeRoom() {
        Iterator<Map.Entry<String, CachedFile>> eldest = files.entrySet().iterator();
        while (bytes > mostBytes && files.size() > 1) {
            var file = eldest.next().getValue();
            eldest.remove();
            delete(file);
        }
    }

    /** Returns what there are files of. */
    synchronized List<Key> keys() {
        return files.keySet().stream().flatMap(name -> Key.parse(name).stream()).toList();
    }

    /** Removes all files of an item. */
    synchronized void removeAll(String engine, String item) {
        var beginning = String.join(SEPARATOR, engine, item, "");
        var all = files.entrySet().iterator();
        while (all.hasNext()) {
            var file = all.next();
            if (file.getKey().startsWith(beginning)) {
                all.remove();
                delete(file.getValue());
            }
        }
    }

    /** Removes a file, if it is there. */
    synchronized void remove(Key key) {
        Optional.ofNullable(files.remove(key.name())).ifPresent(this::delete);
    }

    private void delete(CachedFile file) {
        bytes -= file.bytes();
        try {
            Files.deleteIfExists(file.path());
        } catch (IOException failure) {
            LOG.warn("{} cannot be deleted", file.path(), failure);
        }
    }
}
