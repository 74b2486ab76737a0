package dev.tryon.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A server with the test engine in a process of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START_WITHIN = Duration.ofMinutes(1);

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one and waits until it serves.
     *
     * @param folder for its log and the file that tells its port
     * @param settings a file
     * @param frames that its engine lets pass; at the next one it stands still
     */
    static ServerProcess start(Path folder, Path settings, int frames) throws IOException {
        var log = folder.resolve("log");
        var port = folder.resolve("port");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED,ai.djl.pytorch_engine,opencv,org.bytedeco.javacpp,org.bytedeco.ffmpeg,dev.tryon.server",
                        "--module-path",
                        System.getProperty("jdk.module.path"),
                        "--class-path",
                        System.getProperty("java.class.path"),
                        "--add-modules",
                        "ALL-MODULE-PATH",
                        "--patch-module",
                        "dev.tryon.server=" + Path.of("target/test-classes").toAbsolutePath(),
                        "--module",
                        "dev.tryon.server/" + ServerProcess.class.getName(),
                        settings.toString(),
                        port.toString(),
                        Integer.toString(frames))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (!Files.exists(port)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IOException("the server did not start:\n" + Files.readString(log));
            }
            LockSupport.parkNanos(10_000_000);
        }
        return new ServerProcess(process, Integer.parseInt(Files.readString(port)));
    }

    int port() {
        return port;
    }

    /** Ends it in the midst of whatever it does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** Serves until the process is killed. */
    public static void main(String[] line) throws Exception {
        var engine = new TestEngine();
        engine.gate.release(Integer.parseInt(line[2]));
        var settings = Settings.load(Optional.of(Path.of(line[0])), Map.of(), Map.of());
        var server = TryOnServer.start(settings, Clocks.system(), Optional.of(List.of(engine)));
        var port = Path.of(line[1]);
        var unfinished = port.resolveSibling("port.new");
        Files.writeString(unfinished, Integer.toString(server.port()));
        Files.move(unfinished, port, StandardCopyOption.ATOMIC_MOVE);
        Thread.currentThread().join();
    }
}
