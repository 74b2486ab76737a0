package dev.tryon.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * The migration that makes a kind's table: version 1.N is the table of the Nth kind.
 *
 * <p>Every table has the same columns, and beside them the whole entry as JSON. A later change of all tables is a
 * migration 2 and so on; this one stays as it is.
 */
record KindTable(int number, Kind<?> kind) implements JavaMigration {
    static List<KindTable> all() {
        return IntStream.range(0, Kind.ALL.size())
                .mapToObj(index -> new KindTable(index + 1, Kind.ALL.get(index)))
                .toList();
    }

    /**
     * Texts compare by their bytes, whatever the database's language. The body is {@code json} and not {@code jsonb}, which
     * refuses the character U+0000 that people's texts may hold.
     */
    private String sql() {
        return """
            CREATE TABLE %1$s (
                key text COLLATE "C" PRIMARY KEY,
                owner text COLLATE "C" NOT NULL,
                engine text COLLATE "C" NOT NULL,
                status text COLLATE "C" NOT NULL,
                bytes bigint NOT NULL,
                created_at timestamptz NOT NULL,
                due_at timestamptz NOT NULL,
                version bigint NOT NULL,
                body json NOT NULL
            );
            CREATE INDEX %1$s_by_owner ON %1$s (owner, created_at DESC, key DESC);
            CREATE INDEX %1$s_by_age ON %1$s (created_at DESC, key DESC);
            CREATE INDEX %1$s_by_due ON %1$s (status, due_at);
            """.formatted(kind.name());
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("1." + number);
    }

    @Override
    public String getDescription() {
        return "table " + kind.name();
    }

    @Override
    public Integer getChecksum() {
        var checksum = new CRC32();
        checksum.update(sql().getBytes(UTF_8));
        return (int) checksum.getValue();
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        try (var statement = context.getConnection().createStatement()) {
            statement.execute(sql());
        }
    }
}
