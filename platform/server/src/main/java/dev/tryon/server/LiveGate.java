package dev.tryon.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Decides who may open a live connection. Thread-safe. */
final class LiveGate {
    /** The one version of the protocol. */
    static final String SUB_PROTOCOL = "tryon.v1";

    private final Set<String> allowedOrigins;
    private final Tickets tickets;
    private final LiveSessions sessions;

    LiveGate(Set<String> allowedOrigins, Tickets tickets, LiveSessions sessions) {
        this.allowedOrigins = allowedOrigins;
        this.tickets = tickets;
        this.sessions = sessions;
    }

    /** What a client came with. */
    record Arrival(
            String session,
            Optional<String> ticket,
            Optional<String> resumeToken,
            Optional<String> origin,
            String host,
            boolean speaksOurs) {

        /** Reads the upgrade request. */
        static Arrival of(HttpPrologue prologue, Headers headers) {
            var path = prologue.uriPath().path();
            var query = prologue.query();
            return new Arrival(
                    path.substring(path.lastIndexOf('/') + 1),
                    query.first("ticket").asOptional(),
                    query.first("resume").asOptional(),
                    headers.first(HeaderNames.ORIGIN),
                    headers.first(HeaderNames.HOST).orElse(""),
                    headers.first(HeaderNames.create("Sec-WebSocket-Protocol")).stream()
                            .flatMap(list -> Arrays.stream(list.split(",")))
                            .anyMatch(name -> name.strip().equals(SUB_PROTOCOL)));
        }
    }

    /** How an arrival is met. */
    sealed interface Decision {
        /** In; the session is theirs. */
        record Admitted(LiveSession session) implements Decision {}

        /** The hello must bear the resume token. */
        record ToProve(LiveSession session) implements Decision {}

        /** Out. */
        record Refused(CloseReason reason) implements Decision {}
    }

    /** Decides; a ticket is used up by it. */
    Decision decide(Arrival arrival) {
        if (!isAllowed(arrival)) {
            return new Decision.Refused(CloseReason.FORBIDDEN);
        }
        if (!arrival.speaksOurs()) {
            return new Decision.Refused(CloseReason.PROTOCOL_VERSION);
        }
        if (sessions.isDraining()) {
            return new Decision.Refused(CloseReason.RESTARTING);
        }
        var session = Ids.parse(arrival.session()).flatMap(sessions::find);
        if (session.isEmpty()) {
            return new Decision.Refused(CloseReason.NO_SUCH_SESSION);
        }
        if (arrival.ticket().isPresent()) {
            return decided(tickets.redeem(arrival.ticket().get(), session.get().id()), session.get());
        }
        return arrival.resumeToken()
                .map(token -> decided(isToken(session.get(), token), session.get()))
                .orElseGet(() -> new Decision.ToProve(session.get()));
    }

    private static Decision decided(boolean proven, LiveSession session) {
        return proven ? new Decision.Admitted(session) : new Decision.Refused(CloseReason.UNAUTHENTICATED);
    }

    /** Returns whether this is the session's resume token. */
    static boolean isToken(LiveSession session, String token) {
        return MessageDigest.isEqual(
                session.resumeToken().getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /** Programs send no origin; a page's must be the server's own or one of the list. */
    private boolean isAllowed(Arrival arrival) {
        return arrival.origin()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .map(origin -> allowedOrigins.contains(origin)
                        || origin.equals("http://" + arrival.host().toLowerCase(Locale.ROOT))
                        || origin.equals("https://" + arrival.host().toLowerCase(Locale.ROOT)))
                .orElse(true);
    }
}
