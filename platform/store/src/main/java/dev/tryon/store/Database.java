package dev.tryon.store;

/** A database driver: it keeps entries of any kind, and that is all it does. Thread-safe. */
interface Database extends AutoCloseable {
    /** Returns all entries of a kind; whatever they need to be kept in is there. */
    <T extends Entry<T>> Records<T> records(Kind<T> kind);

    /** Returns whether it answers just now. */
    boolean isReachable();

    @Override
    void close();
}
