package dev.tryon.models;

import dev.tryon.models.ModelException.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder that somebody has brought files in, which are found by what they hold: their names do not matter.
 *
 * <p>Looks into folders below it, and follows no links.
 */
public final class FolderSource implements ModelSource {
    private static final int DEEPEST = 8;

    private final Path folder;

    /** Makes one. */
    public FolderSource(Path folder) {
        this.folder = folder;
    }

    @Override
    public void fetch(ModelEntry entry, Taker taker) {
        Optional<ModelException> wrong = Optional.empty();
        for (var file : ofLength(entry.file().bytes())) {
            try (var bytes = Files.newInputStream(file)) {
                taker.take(file.toString(), bytes);
                return;
            } catch (ModelException failure) {
                if (failure.problem() != Problem.WRONG_FILE) {
                    throw failure;
                }
                wrong = Optional.of(failure);
            } catch (IOException failure) {
                throw unreadable(failure);
            }
        }
        throw wrong.orElseGet(() -> new ModelException(
                Problem.ABSENT,
                "no file in " + folder + " has the SHA-256 " + entry.file().sha256()));
    }

    private List<Path> ofLength(long bytes) {
        try (Stream<Path> files =
                Files.find(folder, DEEPEST, (_, facts) -> facts.isRegularFile() && facts.size() == bytes)) {
            return files.sorted().toList();
        } catch (IOException | UncheckedIOException failure) {
            throw unreadable(failure);
        }
    }

    private ModelException unreadable(Exception failure) {
        return new ModelException(Problem.UNUSABLE_FOLDER, "the folder " + folder + " cannot be read", failure);
    }
}
