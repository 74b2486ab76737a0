package dev.tryon.server;

import dev.tryon.spi.TryOnEngine;
import dev.tryon.store.Store;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.websocket.WsConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running server.
 *
 * <p>Threads: {@link #start} and {@link #stop} once each, from any thread.
 */
public final class TryOnServer {
    private static final Logger LOG = LoggerFactory.getLogger(TryOnServer.class);
    private static final int SOCKET_RECEIVE_BYTES = 1 << 20;
    /** Form boundaries and part headers on top of the file. */
    private static final long BODY_OVERHEAD_BYTES = 1L << 20;
    /** How long clients may take to answer the close at the end. */
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final Rooms rooms;
    private final WebServer web;

    private TryOnServer(Rooms rooms, WebServer web) {
        this.rooms = rooms;
        this.web = web;
    }

    /**
     * Loads the engines and starts to serve.
     *
     * @throws SettingsException if the address cannot be listened on: the port is taken, say
     */
    public static TryOnServer start(ServerSettings settings) {
        return start(settings, Clocks.system(), Optional.empty());
    }

    /** Starts with other clocks, and with exactly these engines if any are given. */
    static TryOnServer start(ServerSettings settings, Clocks clocks, Optional<List<TryOnEngine>> given) {
        requireFree(settings.listener());
        var engines = given.map(list -> Engines.of(list, settings.modelStore(), settings::engine, clocks.wall()))
                .orElseGet(() -> Engines.discover(settings, clocks.wall()));
        var rooms = new Rooms(settings, clocks, engines);
        try {
            var web = web(settings, rooms).start();
            if (!web.isRunning()) {
                throw new IllegalStateException("the server did not start: see the log");
            }
            LOG.info("serving on {}", web.port());
            rooms.watch();
            return new TryOnServer(rooms, web);
        } catch (RuntimeException failure) {
            rooms.close();
            throw failure;
        }
    }

    /** Helidon only logs that it cannot listen, and returns: so it is tried before. */
    private static void requireFree(ServerSettings.Listener listener) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(listener.host(), listener.port()));
        } catch (IOException failure) {
            throw new SettingsException(
                    "cannot listen on " + listener.host() + ":" + listener.port() + ": " + failure.getMessage(),
                    failure);
        }
    }

    private static WebServer web(ServerSettings settings, Rooms rooms) {
        var routing = HttpRouting.builder();
        rooms.filters().forEach(routing::addFilter);
        CrossOrigin.add(routing, settings.listener().allowedOrigins());
        RestRouting.add(routing, rooms.routes());
        RestRouting.addErrors(routing);
        WebPage.add(routing, settings.webRoot());
        var listener = settings.listener();
        var server = WebServer.builder()
                .host(listener.host())
                .port(listener.port())
                .shutdownHook(false)
                .maxTcpConnections(listener.maxConnections())
                .maxPayloadSize(Math.max(
                                settings.uploads().maxBytes(),
                                settings.uploads().maxVideoBytes())
                        + BODY_OVERHEAD_BYTES)
                .putListenerSocketOption(StandardSocketOptions.SO_RCVBUF, SOCKET_RECEIVE_BYTES)
                .connectionOptions(options -> options.tcpNoDelay(true)
                        .socketReceiveBufferSize(SOCKET_RECEIVE_BYTES)
                        .readTimeout(listener.patience().idle()))
                .idleConnectionTimeout(listener.patience().idle())
                .idleConnectionPeriod(listener.patience().idle().dividedBy(4))
                .directHandlers(RestRouting.direct())
                .featuresDiscoverServices(false)
                .addFeature(rooms.observation())
                .protocolsDiscoverServices(false)
                .addProtocol(Http1Config.builder()
                        .addReceiveListener(rooms.slowRequests())
                        .build())
                // Twice what a message may have, so that ours is the limit that a client meets first.
                .addProtocol(WsConfig.builder()
                        .name("websocket")
                        .maxFrameLength(2 * settings.live().maxMessageBytes())
                        .build())
                .addRouting(routing)
                .addRouting(rooms.live().routing());
        // Browsers speak HTTP/2 over TLS alone.
        listener.certificate().ifPresent(certificate -> server.tls(certificate.load())
                .addProtocol(Http2Config.builder().build()));
        return server.build();
    }

    /** Returns the port it listens on. */
    public int port() {
        return web.port();
    }

    /** Returns the administrators' token if this start has made it: it is told once, and then known by its hash alone. */
    Optional<String> freshAdminToken() {
        return rooms.access().freshAdminToken();
    }

    /** Returns what decides who may come in. */
    Access access() {
        return rooms.access();
    }

    /** Returns every call that is served. */
    List<Route> routes() {
        return rooms.routes();
    }

    /** Returns the work that is done for people. */
    Jobs jobs() {
        return rooms.jobs();
    }

    /** Returns the files of what catalogues offer. */
    Materials materials() {
        return rooms.materials();
    }

    /** Returns what is kept. */
    Store store() {
        return rooms.store();
    }

    /** Returns how many decoded pictures are not given back: a leak, if nothing is being served. */
    public long framesInUse() {
        return rooms.codec().framesInUse();
    }

    /** Tells every client, stops, and gives everything back. */
    public void stop() {
        rooms.sayGoodbye(GOODBYE);
        web.stop();
        rooms.close();
        LOG.info("stopped");
    }
}
