package dev.tryon.testkit;

import dev.tryon.server.Settings;
import dev.tryon.server.TryOnServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * A server in a process of its own, so that its memory and processor time are nobody else's, which tells them when it is
 * asked over its standard input.
 *
 * <p>For one thread.
 */
final class MeasuredServer implements AutoCloseable {
    private static final Pattern TOTAL = Pattern.compile("Total +\\d+ +(\\d+)");
    private static final Pattern FIGURE = Pattern.compile("^(tryon_[^ ]+) (\\S+)$", Pattern.MULTILINE);

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter questions;
    private final URI address;

    private MeasuredServer(Process process, BufferedReader answers, URI address) {
        this.process = process;
        this.answers = answers;
        this.questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.address = address;
    }

    /**
     * What a process holds.
     *
     * @param heapBytes of objects that something refers to
     * @param residentBytes of main memory, whatever for
     * @param directBytes of Java's direct buffers
     * @param framesInUse native pictures that are lent out
     */
    record Memory(long heapBytes, long residentBytes, long directBytes, long framesInUse) {}

    /** Starts one. @param folder for its data, its settings and its log */
    static MeasuredServer start(Path folder, String settings) throws IOException {
        var file = Files.writeString(folder.resolve("settings.yaml"), settings);
        var process = new ProcessBuilder(SameJava.command(
                        "dev.tryon.testkit/dev.tryon.testkit.MeasuredServer", List.of(file.toString())))
                .redirectError(folder.resolve("server.log").toFile())
                .start();
        var answers = process.inputReader(StandardCharsets.UTF_8);
        var port = answers.readLine();
        if (port == null) {
            throw new IOException("the server did not start:\n" + Files.readString(folder.resolve("server.log")));
        }
        return new MeasuredServer(process, answers, URI.create("http://127.0.0.1:" + port));
    }

    /** Returns where it listens. */
    URI address() {
        return address;
    }

    /** Collects its garbage, and returns what is left. */
    Memory memory() throws IOException {
        questions.println("memory");
        var figures = answers.readLine();
        if (figures == null) {
            throw new IOException("the server is gone");
        }
        var fields = figures.split(" ", -1);
        return new Memory(Long.parseLong(fields[0]), resident(), Long.parseLong(fields[1]), Long.parseLong(fields[2]));
    }

    private long resident() throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    /** Returns its figures by name and labels as it shows them. */
    Map<String, Double> figures(HttpClient http) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(address.resolve("/observe/metrics")).header("Accept", "text/plain");
        var text =
                http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
        var figures = new TreeMap<String, Double>();
        FIGURE.matcher(text).results().forEach(line -> figures.put(line.group(1), Double.parseDouble(line.group(2))));
        return figures;
    }

    /** Ends it in good order. */
    @Override
    public void close() {
        questions.close();
        process.onExit().join();
    }

    /** Returns the bytes of all objects that something still refers to: exact, where what a collector calls used is not. */
    private static long live() {
        try {
            var histogram = String.valueOf(ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()}));
            var total = TOTAL.matcher(histogram);
            if (!total.find()) {
                throw new IllegalStateException("the histogram has no total");
            }
            return Long.parseLong(total.group(1));
        } catch (JMException failure) {
            throw new IllegalStateException("the heap cannot be looked at", failure);
        }
    }

    /** The process: serves with the settings of a file until its standard input ends. */
    public static void main(String[] arguments) throws IOException {
        var settings = Path.of(arguments[0]);
        var server = TryOnServer.start(Settings.load(Optional.of(settings), Map.of(), Map.of()));
        System.out.println(server.port());
        var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (questions.readLine() != null) {
            var heap = live();
            var direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            System.out.println(heap + " " + direct + " " + server.framesInUse());
        }
        server.stop();
        // Native libraries leave threads of their own behind.
        System.exit(0);
    }
}
