package dev.tryon.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that can be set, complete and checked; {@code application.yaml} says what each means.
 *
 * @param engines settings of engines by engine id, then by name
 */
public record ServerSettings(
        Listener listener,
        Path dataDir,
        Path webRoot,
        Guests guests,
        Auth auth,
        Uploads uploads,
        Results results,
        Sessions sessions,
        Live live,
        Map<String, Map<String, String>> engines) {

    /** Copies the engines' settings. */
    public ServerSettings {
        engines = Map.copyOf(engines);
    }

    /**
     * Where the server listens.
     *
     * @param port 0 for any free one
     * @param allowedOrigins {@code scheme://host[:port]} each, besides the server's own
     */
    public record Listener(String host, int port, int maxConnections, Set<String> allowedOrigins) {
        /** Checks the numbers. */
        public Listener {
            inRange("server.port", port, 0, 65_535);
            inRange("server.max-connections", maxConnections, 1, 1_000_000);
            allowedOrigins = allowedOrigins.stream()
                    .map(origin -> origin.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /** Who may have a token without being known. */
    public record Guests(Mode mode, Duration lifetime) {
        /** Whether guests are let in. */
        public enum Mode {
            /** Anybody gets a token. */
            OPEN,
            /** Nobody does. */
            CLOSED
        }

        /** Checks the lifetime. */
        public Guests {
            positive("auth.guest-lifetime", lifetime);
        }
    }

    /**
     * What the server knows people by.
     *
     * @param key of the server, in base 64; empty for one that is made and kept in the data folder
     * @param adminToken empty for one that is made at the first start
     * @param auditLifetime how long it is known what administrators did
     */
    public record Auth(Optional<String> key, Optional<String> adminToken, Duration auditLifetime) {
        /** Checks the lifetime. */
        public Auth {
            positive("auth.audit-lifetime", auditLifetime);
        }

        /** Tells nothing of the secrets. */
        @Override
        public String toString() {
            return "Auth[auditLifetime=" + auditLifetime + "]";
        }
    }

    /** What may be uploaded. */
    public record Uploads(int maxBytes, long totalBytes, int perOwner, Duration lifetime) {
        /** Checks the numbers. */
        public Uploads {
            inRange("uploads.max-bytes", maxBytes, 1, 1 << 28);
            inRange("uploads.total-bytes", totalBytes, maxBytes, 1L << 40);
            inRange("uploads.per-owner", perOwner, 1, 10_000);
            positive("uploads.lifetime", lifetime);
        }
    }

    /** How results are kept. */
    public record Results(Duration lifetime, int imageQuality) {
        /** Checks the numbers. */
        public Results {
            positive("results.lifetime", lifetime);
            inRange("results.image-quality", imageQuality, 1, 100);
        }
    }

    /** How many sessions there are, and how long. */
    public record Sessions(
            int max,
            int maxPerOwner,
            Duration lifetime,
            Duration connectWithin,
            Duration grace,
            Duration ticketLifetime) {
        /** Checks the numbers. */
        public Sessions {
            inRange("sessions.max", max, 1, 100_000);
            inRange("sessions.max-per-owner", maxPerOwner, 1, 100_000);
            positive("sessions.lifetime", lifetime);
            positive("sessions.connect-within", connectWithin);
            positive("sessions.grace", grace);
            positive("sessions.ticket-lifetime", ticketLifetime);
        }
    }

    /**
     * How live connections are served.
     *
     * @param workers threads for pixels, at least 1
     */
    public record Live(
            int workers,
            int framesPerSecond,
            int frameBurst,
            int maxMessageBytes,
            int maxInFlight,
            int imageQuality,
            int overlayQuality,
            Duration frameExpiry,
            Duration statsEvery,
            Duration pingEvery,
            Duration silenceLimit,
            Duration helloWithin,
            int maxMalformed) {
        /** Checks the numbers. */
        public Live {
            inRange("live.workers", workers, 1, 1024);
            inRange("live.frames-per-second", framesPerSecond, 1, 1000);
            inRange("live.frame-burst", frameBurst, 1, 1000);
            inRange("live.max-message-bytes", maxMessageBytes, 1024, 1 << 26);
            inRange("live.max-in-flight", maxInFlight, 1, 16);
            inRange("live.image-quality", imageQuality, 1, 100);
            inRange("live.overlay-quality", overlayQuality, 1, 100);
            positive("live.frame-expiry", frameExpiry);
            positive("live.stats-every", statsEvery);
            positive("live.ping-every", pingEvery);
            positive("live.silence-limit", silenceLimit);
            positive("live.hello-within", helloWithin);
            inRange("live.max-malformed", maxMalformed, 0, 1000);
        }
    }

    /** Returns the settings of one engine; empty if none are set. */
    public Map<String, String> engine(String id) {
        return engines.getOrDefault(id, Map.of());
    }

    private static void inRange(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new SettingsException(key + " must be from " + least + " to " + most + ", not " + value);
        }
    }

    private static void positive(String key, Duration value) {
        if (!value.isPositive()) {
            throw new SettingsException(key + " must be longer than nothing, not " + value);
        }
    }
}
