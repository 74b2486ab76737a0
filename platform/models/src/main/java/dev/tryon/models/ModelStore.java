package dev.tryon.models;

import dev.tryon.models.ModelException.Problem;
import dev.tryon.models.PublishedFile.Format;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The published networks of one data directory: their files, and what they were imported into.
 *
 * <p>A published file is called {@code HASH.FORMAT}, what it was imported into {@code HASH-vVERSION-HASH.pt}: its own hash,
 * the importer's version, the hash of the archive. So every file says what must be in it, and none is used that holds
 * something else. Thread-safe; several processes may share the folder.
 */
public final class ModelStore {
    private static final Logger LOG = LoggerFactory.getLogger(ModelStore.class);
    private static final String ARCHIVE = ".pt";

    private final ModelList list;
    private final ModelFolder folder;
    private final Importer importer;

    /**
     * Opens a folder, which need not exist.
     *
     * @param list of what may be in it
     */
    public static ModelStore open(Path folder, ModelList list) {
        return new ModelStore(
                list, new ModelFolder(folder, InstantSource.system(), ModelFolder::roomOnDisk), Importer.ofTflite());
    }

    ModelStore(ModelList list, ModelFolder folder, Importer importer) {
        this.list = list;
        this.folder = folder;
        this.importer = importer;
    }

    /** Returns what may be in it. */
    public ModelList list() {
        return list;
    }

    /** Returns how far an entry is; reads and hashes its files. */
    public ModelState state(ModelEntry entry) {
        var published = folder.read(fileName(entry));
        if (published.isEmpty()) {
            return ModelState.ABSENT;
        }
        if (!Sha256.of(published.get()).equals(entry.file().sha256())) {
            return ModelState.CORRUPT;
        }
        return entry.file().format() == Format.TORCHSCRIPT || imported(entry).isPresent()
                ? ModelState.IMPORTED
                : ModelState.PRESENT;
    }

    /** Returns whether a file of the right length is there, without a look into it. */
    boolean seemsPresent(ModelEntry entry) {
        return folder.has(fileName(entry), entry.file().bytes());
    }

    /**
     * Brings an entry's file, unless the right one is here, and imports it.
     *
     * @return whether it had to be brought
     * @throws ModelException with what went wrong; a file that is here and right stays
     */
    public boolean pull(ModelEntry entry, ModelSource source) {
        var state = state(entry);
        var brought = state == ModelState.ABSENT || state == ModelState.CORRUPT;
        if (brought) {
            var file = entry.file();
            source.fetch(entry, (from, bytes) -> folder.put(fileName(entry), file.bytes(), file.sha256(), from, bytes));
        }
        torchScript(entry);
        return brought;
    }

    /**
     * Returns an entry's TorchScript archive, imported if it is not yet.
     *
     * @throws ModelException of {@link Problem#ABSENT}, {@link Problem#CORRUPT} or {@link Problem#NOT_IMPORTABLE}
     */
    public byte[] torchScript(ModelEntry entry) {
        var published = published(entry);
        if (entry.file().format() == Format.TORCHSCRIPT) {
            return published;
        }
        return imported(entry).orElseGet(() -> importNow(entry, published));
    }

    private byte[] published(ModelEntry entry) {
        var bytes = folder.read(fileName(entry))
                .orElseThrow(() -> new ModelException(
                        Problem.ABSENT, "it is not installed: ./tryon models pull " + entry.name() + " brings it"));
        var found = Sha256.of(bytes);
        if (!found.equals(entry.file().sha256())) {
            throw new ModelException(
                    Problem.CORRUPT,
                    "its file is damaged: SHA-256 " + found + ", not "
                            + entry.file().sha256() + ": ./tryon models pull " + entry.name() + " brings it again");
        }
        return bytes;
    }

    /** Looks for an archive that this importer has made and that is whole. */
    private Optional<byte[]> imported(ModelEntry entry) {
        var beginning = beginning(entry);
        for (var name : folder.names(beginning)) {
            var hash = name.substring(beginning.length(), name.length() - ARCHIVE.length());
            var bytes = folder.read(name).filter(read -> Sha256.of(read).hex().equals(hash));
            if (bytes.isPresent()) {
                return bytes;
            }
        }
        return Optional.empty();
    }

    private byte[] importNow(ModelEntry entry, byte[] published) {
        var imported = importer.toTorchScript(published);
        require(entry, "inputs", entry.inputs(), imported.inputs());
        require(entry, "outputs", entry.outputs(), imported.outputs());
        var archive = imported.archive();
        var hash = Sha256.of(archive);
        var beginning = beginning(entry);
        try {
            folder.names(entry.file().sha256() + "-").forEach(folder::remove);
            folder.put(
                    beginning + hash + ARCHIVE, archive.length, hash, "the import", new ByteArrayInputStream(archive));
        } catch (ModelException failure) {
            // A folder that is only read, say: the next start imports once more.
            LOG.warn("the import of {} is not kept: {}", entry.name(), failure.getMessage());
        }
        return archive;
    }

    /** Whoever wrote the list may have erred: engines rely on what it says. */
    private static void require(
            ModelEntry entry, String what, List<TensorSpec> declared, List<ImportedNetwork.Port> found) {
        var listed = declared.stream()
                .map(spec -> new ImportedNetwork.Port(
                        spec.name(),
                        spec.shape().stream().map(TensorSpec.Axis::size).toList()))
                .toList();
        if (!listed.equals(found)) {
            throw new ModelException(
                    Problem.NOT_IMPORTABLE,
                    "the " + what + " of " + entry.file().name() + " are " + found + ", where the list says " + listed);
        }
    }

    private static String fileName(ModelEntry entry) {
        var ending =
                switch (entry.file().format()) {
                    case TFLITE -> ".tflite";
                    case TORCHSCRIPT -> ".torchscript";
                };
        return entry.file().sha256() + ending;
    }

    private String beginning(ModelEntry entry) {
        return entry.file().sha256() + "-v" + importer.version() + "-";
    }
}
