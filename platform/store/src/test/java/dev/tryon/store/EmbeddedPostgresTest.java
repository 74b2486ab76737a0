package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedPostgresTest {
    private static final Mark MARK = new Mark("key", "owner", "value", Instant.EPOCH, Instant.EPOCH, 0);

    @TempDir
    Path folder;

    @Test
    void isThisMachinesAloneAndWantsItsPassword() throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, 2)) {
            var settings = postgres.settings("postgres", 2);
            assertThatThrownBy(() -> connect(settings.url(), settings.user(), "guessed"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
            try (var connection = connect(settings.url(), settings.user(), settings.password())) {
                assertThat(shown(connection, "server_version")).startsWith(PostgresProgram.VERSION);
                assertThat(shown(connection, "listen_addresses")).isEqualTo("127.0.0.1");
                assertThat(shown(connection, "unix_socket_directories")).isEmpty();
                assertThat(shown(connection, "fsync")).isEqualTo("on");
                assertThat(shown(connection, "synchronous_commit")).isEqualTo("on");
                assertThat(shown(connection, "full_page_writes")).isEqualTo("on");
            }
            assertThat(Files.readString(folder.resolve("cluster/pg_hba.conf")))
                    .doesNotContainPattern("(?m)^[^#]*trust");
            assertThat(permissions("")).isEqualTo("rwx------");
            assertThat(permissions("cluster")).isEqualTo("rwx------");
            assertThat(permissions("password")).isEqualTo("rw-------");
        }
    }

    @Test
    void refusesASecondUserOfItsFolder() {
        try (var _ = EmbeddedPostgres.start(folder, 2)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder, 2))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(
                            "in use by the process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void goesOnAfterItsUserWasKilled() throws Exception {
        var java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-p",
                        System.getProperty("jdk.module.path"),
                        "--add-modules",
                        "ALL-MODULE-PATH",
                        "--patch-module",
                        "dev.tryon.store=" + Path.of("target/test-classes").toAbsolutePath(),
                        "-m",
                        "dev.tryon.store/dev.tryon.store.EmbeddedPostgresTest$Victim",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (var output = java.inputReader()) {
            assertThat(output.lines().filter("written"::equals).findFirst()).isPresent();
            java.destroyForcibly().waitFor();
        }
        var left = postgresProcess();
        assertThat(ProcessHandle.of(left)).as("a PostgreSQL without its user").isPresent();

        try (var database = PostgresDatabase.openEmbedded(folder, 2)) {
            assertThat(database.records(Kind.MARKS).find(MARK.key())).contains(MARK);
            assertThat(postgresProcess()).isNotEqualTo(left);
        }
    }

    private long postgresProcess() throws IOException {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("cluster/postmaster.pid")).getFirst());
    }

    /** Writes, says so, and waits for its end. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] line) {
            var database = PostgresDatabase.openEmbedded(Path.of(line[0]), 2);
            database.records(Kind.MARKS).insert(MARK);
            System.out.println("written");
            new CompletableFuture<Void>().join();
        }
    }

    @Test
    void leavesAProcessAloneThatHasTheOldNumberByNow() throws Exception {
        EmbeddedPostgres.start(folder, 2).close();
        var number = folder.resolve("cluster/postmaster.pid");
        Files.writeString(
                number, ProcessHandle.current().pid() + "\n" + folder.resolve("cluster") + "\n0\n5432\n\n\n\n");

        try (var database = PostgresDatabase.openEmbedded(folder, 2)) {
            assertThat(database.isReachable()).isTrue();
        }
        assertThat(number).doesNotExist();
    }

    @Test
    void beginsAnewWhereItsFirstStartWasCutShort() throws Exception {
        Files.createDirectories(folder.resolve("cluster.new/base"));
        Files.createDirectories(folder.resolve("program-new/bin"));
        Files.writeString(folder.resolve("password.new"), "half");

        try (var database = PostgresDatabase.openEmbedded(folder, 2)) {
            assertThat(database.isReachable()).isTrue();
        }
    }

    @Test
    void refusesTheDataOfAnotherVersion() throws Exception {
        Files.createDirectories(folder.resolve("cluster"));
        Files.writeString(folder.resolve("cluster/PG_VERSION"), "17\n");

        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, 2))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("PostgreSQL 17");
    }

    @Test
    void failsInTimeWhileTheDatabaseIsAway() {
        var postgres = EmbeddedPostgres.start(folder, 2);
        try (var database = PostgresDatabase.open(postgres.settings("postgres", 2))) {
            try (postgres) {
                assertThat(database.isReachable()).isTrue();
            }
            assertThat(database.isReachable()).isFalse();
            assertThatThrownBy(() -> database.records(Kind.MARKS).insert(MARK)).isInstanceOf(StoreException.class);
        }
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }

    private static Connection connect(String url, String user, String password) throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    private static String shown(Connection connection, String setting) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT current_setting('" + setting + "')")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
