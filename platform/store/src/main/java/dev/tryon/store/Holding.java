package dev.tryon.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An entry with files: it and they are there together or not at all.
 *
 * @param <T> the holding's own type
 */
public interface Holding<T extends Holding<T>> extends Entry<T> {
    /** Returns who has it, where and until when. */
    Custody custody();

    /** Returns the same holding with another custody. */
    T with(Custody custody);

    /** Returns its id. */
    default UUID id() {
        return custody().id();
    }

    /** Returns its files. */
    default List<StoredFile> files() {
        return custody().files();
    }

    /** Returns one of its files. */
    default Optional<StoredFile> file(String name) {
        return files().stream().filter(file -> file.name().equals(name)).findFirst();
    }

    /** Returns when it is removed. */
    default Instant expiresAt() {
        return custody().expiresAt();
    }

    @Override
    default String key() {
        return id().toString();
    }

    @Override
    default String owner() {
        return custody().owner();
    }

    @Override
    default String status() {
        return custody().state().word();
    }

    @Override
    default long bytes() {
        return files().stream().mapToLong(StoredFile::bytes).sum();
    }

    @Override
    default Instant createdAt() {
        return custody().createdAt();
    }

    @Override
    default Instant dueAt() {
        return custody().dueAt();
    }

    @Override
    default long version() {
        return custody().version();
    }

    @Override
    default T withVersion(long version) {
        return with(custody().withVersion(version));
    }
}
