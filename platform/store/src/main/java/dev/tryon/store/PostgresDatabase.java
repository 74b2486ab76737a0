package dev.tryon.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * PostgreSQL: one table per kind, each call one statement of its own.
 *
 * <p>A statement that cannot be served in time fails: nobody waits longer than {@link #PATIENCE} for a connection, or
 * {@link #ANSWER} for an answer.
 */
final class PostgresDatabase implements Database {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** What is acknowledged is on disk, even where the server's own default says otherwise. */
    private static final String DURABLE = """
            SELECT set_config('synchronous_commit', 'on', false)
            WHERE current_setting('synchronous_commit') = 'off'""";

    private final HikariDataSource connections;
    private final DbClient client;
    private final EntryCodec codec = new EntryCodec();

    private final Optional<EmbeddedPostgres> embedded;

    private PostgresDatabase(HikariDataSource connections, Optional<EmbeddedPostgres> embedded) {
        this.connections = connections;
        this.embedded = embedded;
        this.client = JdbcClientBuilder.create()
                .connectionPool(() -> {
                    try {
                        return connections.getConnection();
                    } catch (SQLException failure) {
                        throw new StoreException("there is no connection to the database", failure);
                    }
                })
                .build();
    }

    /**
     * Connects, and brings the tables to what this version needs.
     *
     * @throws StoreException if the database cannot be reached, or has been changed by others
     */
    static PostgresDatabase open(DatabaseSettings settings) {
        return open(settings, Optional.empty());
    }

    /**
     * Starts a PostgreSQL of our own and connects to it; it stops with this.
     *
     * @throws StoreException if it does not start: another process has the folder, say
     */
    static PostgresDatabase openEmbedded(Path folder, int connections) {
        var embedded = EmbeddedPostgres.start(folder, connections);
        try {
            return open(embedded.settings("postgres", connections), Optional.of(embedded));
        } catch (RuntimeException failure) {
            embedded.close();
            throw failure;
        }
    }

    private static PostgresDatabase open(DatabaseSettings settings, Optional<EmbeddedPostgres> embedded) {
        var pool = pool(settings.forJdbc());
        try {
            migrate(pool);
            return new PostgresDatabase(pool, embedded);
        } catch (FlywayException failure) {
            pool.close();
            throw new StoreException("the tables of the database cannot be brought up to date", failure);
        } catch (RuntimeException failure) {
            pool.close();
            throw failure;
        }
    }

    private static HikariDataSource pool(DatabaseSettings settings) {
        var config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(settings.url());
        if (!settings.user().isEmpty()) {
            config.setUsername(settings.user());
            config.setPassword(settings.password());
        }
        config.setMaximumPoolSize(settings.maxConnections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setInitializationFailTimeout(PATIENCE.toMillis());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql(DURABLE);
        Map.of(
                        "ApplicationName",
                        "tryon",
                        "connectTimeout",
                        String.valueOf(PATIENCE.toSeconds()),
                        "loginTimeout",
                        String.valueOf(PATIENCE.toSeconds()),
                        "socketTimeout",
                        String.valueOf(ANSWER.toSeconds()),
                        "tcpKeepAlive",
                        "true",
                        // Details tell values, and exceptions are logged.
                        "logServerErrorDetail",
                        "false")
                .forEach(config::addDataSourceProperty);
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException failure) {
            throw new StoreException("the database cannot be used: " + failure.getMessage(), failure);
        }
    }

    private static void migrate(HikariDataSource pool) {
        Flyway.configure(PostgresDatabase.class.getClassLoader())
                .dataSource(pool)
                .locations(new Location[0])
                .javaMigrations(KindTable.all().toArray(JavaMigration[]::new))
                .failOnMissingLocations(false)
                .outOfOrder(true)
                .load()
                .migrate();
    }

    @Override
    public <T extends Entry<T>> Records<T> records(Kind<T> kind) {
        return new PostgresRecords<>(client, codec, kind);
    }

    @Override
    public boolean isReachable() {
        try {
            return client.execute().get("SELECT 1").isPresent();
        } catch (StoreException | DbClientException _) {
            return false;
        }
    }

    @Override
    public void close() {
        client.close();
        connections.close();
        embedded.ifPresent(EmbeddedPostgres::close);
    }
}
