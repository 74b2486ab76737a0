/**
 * Pictures of the project's own making, and the benchmarks.
 *
 * <p>Used by the tests of engines and server, and by {@code ./tryon bench}; nothing that serves customers needs it. It
 * finds engines as the server does. Natives: those of {@code dev.tryon.vision}, and of networks where an engine has some;
 * OpenCV and the JDK's own codecs are required here as alternatives to measure against.
 */
module dev.tryon.testkit {
    requires dev.tryon.compute;
    requires dev.tryon.cuda;
    requires dev.tryon.models;
    requires dev.tryon.server;
    requires transitive dev.tryon.spi;
    requires dev.tryon.store;
    requires transitive dev.tryon.vision;
    requires java.desktop; // the JDK's own picture codecs, to compare with
    requires java.management; // how this process was started, to start servers the same way; time that threads take
    requires java.net.http;
    requires jdk.management; // heaps of servers that are measured
    requires jakarta.json;
    requires opencv;
    requires static org.jspecify; // null annotations, read by the compiler alone

    exports dev.tryon.testkit;

    uses dev.tryon.spi.TryOnEngine;
}
