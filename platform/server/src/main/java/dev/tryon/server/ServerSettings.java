package dev.tryon.server;

import dev.tryon.compute.ComputeSettings;
import dev.tryon.models.ModelList;
import dev.tryon.models.ModelStore;
import dev.tryon.store.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that can be set, complete and checked; {@code application.yaml} says what each means.
 *
 * @param models networks that others have published and that engines may ask for
 * @param engines settings of engines by engine id, then by name
 */
public record ServerSettings(
        Listener listener,
        Path dataDir,
        Path webRoot,
        DatabaseSettings database,
        FilesSettings files,
        AuthSettings auth,
        LimitSettings limits,
        Tiers tiers,
        LogFormat logFormat,
        Uploads uploads,
        Results results,
        Materials materials,
        Sessions sessions,
        Live live,
        ComputeSettings compute,
        Jobs jobs,
        ModelList models,
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
     * @param trustedProxies that are believed whom they forward for
     * @param certificate empty to speak in the clear
     */
    public record Listener(
            String host,
            int port,
            int maxConnections,
            Set<String> allowedOrigins,
            List<Network> trustedProxies,
            Optional<Certificate> certificate,
            Patience patience) {
        /** Checks the numbers. */
        public Listener {
            inRange("server.port", port, 0, 65_535);
            inRange("server.max-connections", maxConnections, 1, 1_000_000);
            allowedOrigins = allowedOrigins.stream()
                    .map(origin -> origin.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /**
     * How long a client may take.
     *
     * @param headers over the headers of a request, all of them
     * @param body over the body of a request, all of it
     * @param idle over the next byte, and between two requests
     */
    public record Patience(Duration headers, Duration body, Duration idle) {
        /** Checks the durations. */
        public Patience {
            positive("server.header-timeout", headers);
            positive("server.body-timeout", body);
            positive("server.idle-timeout", idle);
        }
    }

    /** What may be uploaded. */
    public record Uploads(
            int maxBytes,
            int maxVideoBytes,
            long memoryBytes,
            long bytesPerOwner,
            Duration lifetime,
            Duration styleLifetime) {
        /** Checks the numbers. */
        public Uploads {
            inRange("uploads.max-bytes", maxBytes, 1, 1 << 28);
            inRange("uploads.max-video-bytes", maxVideoBytes, 1, 1 << 28);
            inRange("uploads.memory-bytes", memoryBytes, 2L * Math.max(maxBytes, maxVideoBytes) + (1 << 16), 1L << 40);
            inRange("uploads.bytes-per-owner", bytesPerOwner, maxBytes, 1L << 40);
            positive("uploads.lifetime", lifetime);
            positive("uploads.style-lifetime", styleLifetime);
        }

        /** Returns how long an upload is kept that was brought for something. */
        Duration lifetimeOf(UploadForm.Purpose purpose) {
            return switch (purpose) {
                case REFERENCE, COLOR -> styleLifetime;
                case PERSON, GARMENT, FABRIC, VIDEO -> lifetime;
            };
        }
    }

    /**
     * How files of materials are kept.
     *
     * @param cacheBytes of those that a node has made, at most
     * @param previousFor how long a scan stays that the catalogue shows no more
     */
    public record Materials(long cacheBytes, Duration previousFor) {
        /** Checks the numbers. */
        public Materials {
            inRange("materials.cache-bytes", cacheBytes, 1, 1L << 40);
            positive("materials.previous-for", previousFor);
        }
    }

    /** How results are kept. */
    public record Results(Duration lifetime, long bytesPerOwner, int imageQuality) {
        /** Checks the numbers. */
        public Results {
            positive("results.lifetime", lifetime);
            inRange("results.bytes-per-owner", bytesPerOwner, 1, 1L << 40);
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
            Duration ticketLifetime,
            Duration kept,
            Duration lookEvery) {
        /** Checks the numbers. */
        public Sessions {
            inRange("sessions.max", max, 1, 100_000);
            inRange("sessions.max-per-owner", maxPerOwner, 1, 100_000);
            positive("sessions.lifetime", lifetime);
            positive("sessions.connect-within", connectWithin);
            positive("sessions.grace", grace);
            positive("sessions.ticket-lifetime", ticketLifetime);
            positive("sessions.kept", kept);
            positive("sessions.look-every", lookEvery);
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
            Duration ratePatience,
            double leastFramesPerSecond,
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
            positive("live.rate-patience", ratePatience);
            if (!(leastFramesPerSecond > 0 && leastFramesPerSecond <= 10)) {
                throw new SettingsException(
                        "live.least-frames-per-second: " + leastFramesPerSecond + " is not in 0..10");
            }
            positive("live.frame-expiry", frameExpiry);
            positive("live.stats-every", statsEvery);
            positive("live.ping-every", pingEvery);
            positive("live.silence-limit", silenceLimit);
            positive("live.hello-within", helloWithin);
            inRange("live.max-malformed", maxMalformed, 0, 1000);
        }
    }

    /**
     * How work that outlives its request is done.
     *
     * @param workers threads of this node for scans and films
     * @param captureWorkers threads of this node for captures alone, which never wait for a film
     * @param max jobs of all that are not over
     * @param perOwner jobs of one subject that are not over
     * @param lifetime how long a job is remembered; a month at least, for films are counted by the month
     * @param attempts how often a job is begun that fails through no fault of its owner's
     * @param retryAfter the pause before the second attempt; each later one is twice as long
     * @param heartbeat how often a worker gives a sign of life; after four missed ones another takes over
     * @param lookEvery how often a node looks for jobs that others were asked for
     * @param streams clients that are told events at a time
     */
    public record Jobs(
            int workers,
            int captureWorkers,
            int max,
            int perOwner,
            Duration lifetime,
            int attempts,
            Duration retryAfter,
            Duration heartbeat,
            Duration lookEvery,
            Duration analysisWithin,
            Duration captureWithin,
            Duration scanWithin,
            Duration videoWithin,
            Duration drainWithin,
            int streams) {
        private static final Duration LONGEST_MONTH = Duration.ofDays(31);

        /** Checks the numbers. */
        public Jobs {
            inRange("jobs.workers", workers, 1, 256);
            inRange("jobs.capture-workers", captureWorkers, 1, 256);
            inRange("jobs.max", max, 1, 1_000_000);
            inRange("jobs.per-owner", perOwner, 1, 1_000_000);
            if (lifetime.compareTo(LONGEST_MONTH) < 0) {
                throw new SettingsException("jobs.lifetime must be " + LONGEST_MONTH.toDays()
                        + " days at least, for films are counted by the month, not " + lifetime);
            }
            inRange("jobs.attempts", attempts, 1, 20);
            positive("jobs.retry-after", retryAfter);
            positive("jobs.heartbeat", heartbeat);
            positive("jobs.look-every", lookEvery);
            positive("jobs.analysis-within", analysisWithin);
            positive("jobs.capture-within", captureWithin);
            positive("jobs.scan-within", scanWithin);
            positive("jobs.video-within", videoWithin);
            positive("jobs.drain-within", drainWithin);
            inRange("jobs.streams", streams, 1, 100_000);
        }

        /** Returns how long one attempt at a job may take. */
        Duration within(JobKind kind) {
            return switch (kind) {
                case CAPTURE -> captureWithin;
                case SCAN -> scanWithin;
                case VIDEO -> videoWithin;
            };
        }
    }

    /** Opens the published networks of the data directory. */
    ModelStore modelStore() {
        return ModelStore.open(dataDir.resolve("models"), models);
    }

    /** Returns the settings of one engine; empty if none are set. */
    public Map<String, String> engine(String id) {
        return engines.getOrDefault(id, Map.of());
    }

    static void inRange(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new SettingsException(key + " must be from " + least + " to " + most + ", not " + value);
        }
    }

    static void positive(String key, Duration value) {
        if (!value.isPositive()) {
            throw new SettingsException(key + " must be longer than nothing, not " + value);
        }
    }
}
