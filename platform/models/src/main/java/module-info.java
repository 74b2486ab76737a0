/**
 * Networks that others have published: which there are, where they come from, whether a file is the one it should be, and
 * their import into TorchScript.
 *
 * <p>Used by the server, which lends engines what they ask for by name, and by the command line. Pure Java: no tensor library
 * is needed to read or to write a network. It reaches for a publisher only when it is told to pull. Everything public is
 * thread-safe unless it says otherwise.
 */
module dev.tryon.models {
    requires transitive dev.tryon.spi;
    requires java.net.http;
    requires static org.jspecify; // null annotations, read by the compiler alone
    requires org.slf4j;
    requires org.yaml.snakeyaml;

    exports dev.tryon.models;
}
