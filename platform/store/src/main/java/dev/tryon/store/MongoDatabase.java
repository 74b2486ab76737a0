package dev.tryon.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * MongoDB: one collection per kind, each call one operation on one document, or one query.
 *
 * <p>What is written is acknowledged by most of the replicas and in their journals, and only such things are read, from the
 * primary. Nobody waits longer than {@link #PATIENCE_SECONDS} for a server, or {@link #ANSWER_SECONDS} for an answer.
 */
final class MongoDatabase implements Database {
    private static final int PATIENCE_SECONDS = 5;
    private static final int ANSWER_SECONDS = 30;
    private static final String DEFAULT_NAME = "tryon";

    private final MongoClient client;
    private final com.mongodb.client.MongoDatabase database;
    private final EntryCodec codec = new EntryCodec();

    private MongoDatabase(MongoClient client, String name) {
        this.client = client;
        this.database = client.getDatabase(name);
    }

    /**
     * Connects, and makes the indexes that are not there.
     *
     * @throws StoreException if the database cannot be reached
     */
    static MongoDatabase open(DatabaseSettings settings) {
        var address = address(settings.url());
        var name = address.getDatabase() == null ? DEFAULT_NAME : address.getDatabase();
        var opened = new MongoDatabase(MongoClients.create(clientSettings(address, name, settings)), name);
        try {
            Kind.ALL.forEach(opened::index);
            return opened;
        } catch (MongoException failure) {
            opened.close();
            throw new StoreException("the database cannot be used: " + failure.getMessage(), failure);
        }
    }

    private static ConnectionString address(String url) {
        try {
            return new ConnectionString(url);
        } catch (IllegalArgumentException _) {
            // Without its cause, which may show all of the URL.
            throw new StoreException("the database's URL is no URL of a MongoDB");
        }
    }

    private static MongoClientSettings clientSettings(
            ConnectionString address, String name, DatabaseSettings settings) {
        var builder = MongoClientSettings.builder()
                .applyConnectionString(address)
                .applicationName("tryon")
                .readPreference(ReadPreference.primary())
                .readConcern(ReadConcern.MAJORITY)
                .writeConcern(WriteConcern.MAJORITY.withJournal(true).withWTimeout(ANSWER_SECONDS, TimeUnit.SECONDS))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .readTimeout(ANSWER_SECONDS, TimeUnit.SECONDS))
                .applyToConnectionPoolSettings(pool ->
                        pool.maxSize(settings.maxConnections()).maxWaitTime(PATIENCE_SECONDS, TimeUnit.SECONDS));
        if (!settings.user().isEmpty()) {
            builder.credential(MongoCredential.createCredential(
                    settings.user(), name, settings.password().toCharArray()));
        }
        return builder.build();
    }

    private void index(Kind<?> kind) {
        var collection = database.getCollection(kind.name());
        collection.createIndex(Indexes.ascending(Layout.of(kind).key()), new IndexOptions().unique(true));
        collection.createIndex(Indexes.compoundIndex(
                Indexes.ascending(Layout.OWNER), Indexes.descending("created_at", "created_micros", "_id")));
        collection.createIndex(Indexes.descending("created_at", "created_micros", "_id"));
        collection.createIndex(Indexes.ascending("status", "due_micros"));
        if (kind.equals(Kind.SESSIONS)) {
            collection.createIndex(Indexes.ascending("status", "last_activity"));
        }
    }

    @Override
    public <T extends Entry<T>> Records<T> records(Kind<T> kind) {
        return new MongoRecords<>(database.getCollection(kind.name()), codec, kind);
    }

    @Override
    public boolean isReachable() {
        try {
            database.runCommand(new Document("ping", 1));
            return true;
        } catch (MongoException _) {
            return false;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
