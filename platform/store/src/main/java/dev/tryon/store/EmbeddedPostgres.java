package dev.tryon.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of the server's own, in a folder that keeps its data.
 *
 * <p>One process at a time has the folder: a lock says so, which the system lifts when that process dies. Its PostgreSQL
 * outlives a killed process; whoever has the lock next stops it, in good order, and starts its own. It listens on this
 * machine alone and wants a password, which lies in a file that its owner alone can read.
 */
final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "tryon";
    private static final String OWNER_ONLY = "rwx------";
    /** PostgreSQL's own file that tells its process; it is there while it runs. */
    private static final String PROCESS = "postmaster.pid";

    private static final int PASSWORD_BYTES = 32;
    /** For whoever looks at the database by hand. */
    private static final int SPARE_CONNECTIONS = 8;
    /** Another process may take the free port between our finding it and PostgreSQL's using it. */
    private static final int ATTEMPTS = 3;

    private final FileChannel lock;
    private final PostgresProgram program;
    private final Path cluster;
    private final String password;
    private final int port;

    private EmbeddedPostgres(FileChannel lock, PostgresProgram program, Path cluster, String password, int port) {
        this.lock = lock;
        this.program = program;
        this.cluster = cluster;
        this.password = password;
        this.port = port;
    }

    /**
     * Starts it, with the data there are.
     *
     * @param folder of its own; made if it is not there
     * @param connections that are needed
     * @throws StoreException if another process has the folder, or PostgreSQL does not start
     */
    static EmbeddedPostgres start(Path folder, int connections) {
        try {
            Files.createDirectories(folder);
            var home = folder.toRealPath();
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString(OWNER_ONLY));
            var lock = lock(home.resolve("lock"));
            try {
                return start(lock, home, connections);
            } catch (IOException | RuntimeException failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new StoreException("PostgreSQL cannot be started in " + folder, failure);
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(
                        Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // This very process has it: the same answer.
        }
        var holder = Files.readString(file);
        channel.close();
        throw new StoreException(
                "the data directory is in use by the process " + holder + ": stop it, or name another");
    }

    private static EmbeddedPostgres start(FileChannel lock, Path home, int connections) throws IOException {
        var program = PostgresProgram.in(home);
        var password = password(home.resolve("password"));
        var cluster = home.resolve("cluster");
        if (Files.isDirectory(cluster)) {
            requireSameVersion(cluster);
            stopLeftover(program, cluster);
        } else {
            create(program, home, cluster);
        }
        for (int attempt = 1; ; attempt++) {
            var port = freePort();
            Files.writeString(cluster.resolve("tryon.conf"), settings(port, connections + SPARE_CONNECTIONS));
            try {
                program.run(
                        "pg_ctl",
                        "start",
                        "-w",
                        "-D",
                        cluster.toString(),
                        "-l",
                        home.resolve("start.log").toString());
                return new EmbeddedPostgres(lock, program, cluster, password, port);
            } catch (StoreException failure) {
                if (attempt == ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    /** The data are there whole or not at all. */
    private static void create(PostgresProgram program, Path home, Path cluster) throws IOException {
        var unfinished = home.resolve("cluster.new");
        PostgresProgram.delete(unfinished);
        program.run(
                "initdb",
                "--pgdata=" + unfinished,
                "--username=" + USER,
                "--pwfile=" + home.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions");
        Files.writeString(
                unfinished.resolve("postgresql.conf"), "\ninclude_if_exists 'tryon.conf'\n", StandardOpenOption.APPEND);
        Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            var random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            var password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            DurableFile.write(file, ByteBuffer.wrap(password.getBytes(StandardCharsets.US_ASCII)));
        }
        return Files.readString(file).strip();
    }

    private static void requireSameVersion(Path cluster) throws IOException {
        var version = Files.readString(cluster.resolve("PG_VERSION")).strip();
        if (!PostgresProgram.VERSION.startsWith(version + ".")) {
            throw new StoreException("the data in " + cluster + " are those of PostgreSQL " + version + ", not "
                    + PostgresProgram.VERSION + ": dump them with the old one and load them into the new one");
        }
    }

    /** Stops the PostgreSQL of a process that was killed; numbers in its file alone could be anybody's by now. */
    private static void stopLeftover(PostgresProgram program, Path cluster) throws IOException {
        var file = cluster.resolve(PROCESS);
        if (!Files.exists(file)) {
            return;
        }
        if (ProcessHandle.allProcesses().anyMatch(process -> worksIn(process, cluster))) {
            LOG.info("stopping the PostgreSQL that a killed process has left");
            stop(program, cluster);
        } else {
            Files.deleteIfExists(file);
        }
    }

    /** All processes of a PostgreSQL work in the folder of its data. */
    private static boolean worksIn(ProcessHandle process, Path cluster) {
        try {
            return Path.of("/proc", Long.toString(process.pid()), "cwd")
                    .toRealPath()
                    .equals(cluster);
        } catch (IOException _) {
            return false; // it is gone, or another user's
        }
    }

    private static void stop(PostgresProgram program, Path cluster) throws IOException {
        try {
            program.run("pg_ctl", "stop", "-w", "-t", "30", "-m", "fast", "-D", cluster.toString());
        } catch (StoreException failure) {
            LOG.warn("PostgreSQL does not stop in good order: {}", failure.getMessage());
            program.run("pg_ctl", "stop", "-w", "-t", "30", "-m", "immediate", "-D", cluster.toString());
        }
    }

    private static String settings(int port, int connections) {
        return """
            # Written at every start; what is to differ goes to postgresql.conf, behind the line that includes this.
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            max_connections = %d
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            shared_buffers = 64MB
            wal_level = minimal
            max_wal_senders = 0
            max_logical_replication_workers = 0
            io_method = sync
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            logging_collector = on
            log_directory = '../log'
            log_filename = 'postgres-%%a.log'
            log_file_mode = 0600
            log_truncate_on_rotation = on
            log_rotation_age = 1d
            log_min_messages = warning
            # Neither statements nor values: they tell of people.
            log_min_error_statement = panic
            log_error_verbosity = terse
            """.formatted(port, connections);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** Returns how to connect to a database of it. */
    DatabaseSettings settings(String database, int connections) {
        return new DatabaseSettings(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, password, connections);
    }

    @Override
    public void close() {
        try (lock) {
            if (Files.exists(cluster.resolve(PROCESS))) {
                stop(program, cluster);
            }
        } catch (IOException | StoreException failure) {
            LOG.warn("PostgreSQL did not stop; the next start sees to it", failure);
        }
    }
}
