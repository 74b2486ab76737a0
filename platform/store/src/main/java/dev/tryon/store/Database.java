package dev.tryon.store;

import java.nio.file.Path;

/** A database driver: it keeps entries of any kind, and that is all it does. Thread-safe. */
interface Database extends AutoCloseable {
    /**
     * Opens the database that is meant.
     *
     * @param dataDir where one of its own keeps its data
     * @throws StoreException if it cannot be reached or used
     */
    static Database open(Path dataDir, DatabaseSettings settings) {
        return switch (settings.driver()) {
            case MEMORY -> new MemoryDatabase();
            case POSTGRESQL -> PostgresDatabase.open(settings);
            case EMBEDDED -> PostgresDatabase.openEmbedded(dataDir.resolve("postgres"), settings.maxConnections());
            case MONGODB -> MongoDatabase.open(settings);
        };
    }

    /** Returns all entries of a kind; whatever they need to be kept in is there. */
    <T extends Entry<T>> Records<T> records(Kind<T> kind);

    /** Returns whether it answers just now. */
    boolean isReachable();

    @Override
    void close();
}
