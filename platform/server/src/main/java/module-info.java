/**
 * The server: one Helidon process that loads engines and serves them over REST and WebSocket, and the command line.
 *
 * <p>Nobody compiles against it but the benchmarks and tests of the house, which start a {@link
 * dev.tryon.server.TryOnServer} with {@link dev.tryon.server.Settings}. It speaks for the engines, which never see HTTP or
 * WebSocket. Requests and connections are served on virtual threads, one writer a connection; pixels are worked on by the
 * fixed threads of the live scheduler. The natives of its neighbours need native access: {@code ai.djl.pytorch_engine},
 * {@code opencv}, {@code org.bytedeco.javacpp} and {@code org.bytedeco.ffmpeg}.
 */
module dev.tryon.server {
    requires com.nimbusds.jose.jwt;
    requires com.github.kagkarlsson.scheduler;
    requires dev.tryon.compute;
    requires dev.tryon.models;
    requires dev.tryon.spi;
    requires dev.tryon.store;
    requires dev.tryon.vision;
    requires io.helidon.common.configurable;
    requires io.helidon.common.pki;
    requires io.helidon.common.tls;
    requires static io.helidon.config.metadata; // annotations of the CORS library, read by the compiler alone
    requires io.helidon.config.yaml;
    requires io.helidon.config;
    requires io.helidon.cors;
    requires io.helidon.health;
    requires io.helidon.metrics.api;
    requires io.helidon.webserver.cors;
    requires io.helidon.webserver.http2;
    requires io.helidon.webserver.observe.health;
    requires io.helidon.webserver.observe.metrics;
    requires io.helidon.webserver.observe;
    requires io.helidon.webserver.staticcontent;
    requires io.helidon.webserver.websocket;
    requires io.helidon.webserver;
    requires jakarta.json;
    requires java.logging;
    requires java.management; // processor time of threads
    requires static org.jspecify; // null annotations, read by the compiler alone
    requires org.slf4j;
    requires org.yaml.snakeyaml;

    exports dev.tryon.server;

    uses dev.tryon.spi.TryOnEngine; // engines of the module path and of plugin layers
}
