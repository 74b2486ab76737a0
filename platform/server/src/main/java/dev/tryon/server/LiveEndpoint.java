package dev.tryon.server;

import io.helidon.webserver.websocket.WsRouting;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /ws/try-on/{sessionId}}: makes connections and looks after them. Thread-safe. */
final class LiveEndpoint {
    /** The path of live connections. */
    static final String PATH = "/ws/try-on/{sessionId}";

    private final Services services;

    LiveEndpoint(Services services) {
        this.services = services;
    }

    /** What connections need. */
    record Services(
            ServerSettings.Live settings,
            Clocks clocks,
            LiveGate gate,
            LiveSessions sessions,
            LookReader looks,
            Captures captures,
            LiveMetrics metrics,
            Set<LiveConnection> connections) {

        Services(
                ServerSettings.Live settings,
                Clocks clocks,
                LiveGate gate,
                LiveSessions sessions,
                LookReader looks,
                Captures captures,
                LiveMetrics metrics) {
            this(settings, clocks, gate, sessions, looks, captures, metrics, ConcurrentHashMap.newKeySet());
        }

        void opened(LiveConnection connection) {
            connections.add(connection);
        }
    }

    WsRouting.Builder routing() {
        return WsRouting.builder().endpoint(PATH, () -> new LiveConnection(services));
    }

    /** Looks after every connection. */
    void sweep() {
        services.connections().removeIf(connection -> !connection.sweep());
    }

    /** Tells every client why, and closes. */
    void closeAll(CloseReason reason) {
        services.connections().forEach(connection -> connection.close(reason));
    }

    /** Ends what has not ended by itself. */
    void cutAll() {
        services.connections().forEach(LiveConnection::cut);
    }

    /** Returns how many connections there are. */
    int size() {
        return services.connections().size();
    }
}
