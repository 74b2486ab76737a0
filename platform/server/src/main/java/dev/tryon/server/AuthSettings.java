package dev.tryon.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What people and programs prove with who they are.
 *
 * @param guestLifetime how long a guest's token is good
 * @param key of the server, in base 64; empty for one that is made and kept in the data folder
 * @param adminToken empty for one that is made at the first start
 * @param auditLifetime how long it is known what administrators did
 * @param jwt whose tokens are taken; there in mode {@code jwt} alone
 * @param clients programs that sign their requests, by id
 */
public record AuthSettings(
        Mode mode,
        Duration guestLifetime,
        Optional<String> key,
        Optional<String> adminToken,
        Duration auditLifetime,
        Optional<Jwt> jwt,
        Map<String, Client> clients) {

    /** Who is let in besides administrators and programs that sign. */
    public enum Mode {
        /** Anybody gets a guest's token. */
        OPEN,
        /** Who bears a token of the issuer that is set. */
        JWT,
        /** Nobody. */
        CLOSED
    }

    /** Checks the durations. */
    public AuthSettings {
        ServerSettings.positive("auth.guest-lifetime", guestLifetime);
        ServerSettings.positive("auth.audit-lifetime", auditLifetime);
        clients = Map.copyOf(clients);
    }

    /** Tells nothing of the secrets. */
    @Override
    public String toString() {
        return "AuthSettings[" + mode + "]";
    }

    /**
     * Whose tokens are taken, and how they are read.
     *
     * @param keys what they are checked with
     * @param algorithms they may be signed with, by their names in RFC 7518
     * @param clockSkew how far the issuer's clock may be off
     * @param adminClaim the claim that makes an administrator if it has {@code adminValue}
     * @param tierClaim the claim that names the tier
     * @param classClaim the claim that is {@code client} for other people's programs
     */
    public record Jwt(
            String issuer,
            String audience,
            Keys keys,
            Set<String> algorithms,
            Duration clockSkew,
            String adminClaim,
            String adminValue,
            String tierClaim,
            String classClaim) {
        private static final Set<String> KNOWN = Set.of(
                "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "HS256", "HS384",
                "HS512");

        /** What a token is checked with. */
        public sealed interface Keys {
            /** Public keys that the issuer publishes. */
            record Published(URI address) implements Keys {}

            /** Public keys in a file: a JSON Web Key Set, or one key in PEM. */
            record Filed(Path file) implements Keys {}

            /** A secret shared with the issuer. */
            record Shared(String secret) implements Keys {
                private static final int SHORTEST = 32;

                /** Checks the length. */
                public Shared {
                    if (secret.length() < SHORTEST) {
                        throw new SettingsException("auth.jwt.secret must have at least " + SHORTEST + " characters");
                    }
                }

                /** Tells nothing of it. */
                @Override
                public String toString() {
                    return "Shared";
                }
            }
        }

        /** Checks that the algorithms fit the keys: what is public must never be taken for a secret. */
        public Jwt {
            algorithms = Set.copyOf(algorithms);
            if (algorithms.isEmpty() || !KNOWN.containsAll(algorithms)) {
                throw new SettingsException("auth.jwt.algorithms must be of RS, PS, ES or HS with 256, 384 or 512");
            }
            var secret = keys instanceof Keys.Shared;
            if (algorithms.stream().anyMatch(name -> name.startsWith("HS") != secret)) {
                throw new SettingsException("auth.jwt.algorithms: HS256 and its like go with auth.jwt.secret alone");
            }
            if (clockSkew.isNegative() || clockSkew.compareTo(Duration.ofMinutes(5)) > 0) {
                throw new SettingsException("auth.jwt.clock-skew must be PT0S to PT5M");
            }
        }
    }

    /** A program that signs its requests. @param secret at least 32 characters */
    public record Client(Tier tier, String secret) {
        private static final int SHORTEST_SECRET = 32;

        /** Checks the secret. */
        public Client {
            if (secret.length() < SHORTEST_SECRET) {
                throw new SettingsException(
                        "auth.clients: a secret must have at least " + SHORTEST_SECRET + " characters");
            }
        }

        /** Tells nothing of the secret. */
        @Override
        public String toString() {
            return "Client[" + tier + "]";
        }
    }

    static AuthSettings of(Settings settings) {
        var mode =
                switch (settings.text("auth.mode")) {
                    case "open" -> Mode.OPEN;
                    case "jwt" -> Mode.JWT;
                    case "closed" -> Mode.CLOSED;
                    default ->
                        throw new SettingsException(
                                "auth.mode must be open, jwt or closed, not " + settings.text("auth.mode"));
                };
        return new AuthSettings(
                mode,
                settings.duration("auth.guest-lifetime"),
                settings.given("auth.key"),
                settings.given("auth.admin-token"),
                settings.duration("auth.audit-lifetime"),
                mode == Mode.JWT ? Optional.of(jwt(settings)) : Optional.empty(),
                clients(settings.text("auth.clients")));
    }

    private static Jwt jwt(Settings settings) {
        return new Jwt(
                needed(settings, "auth.jwt.issuer"),
                needed(settings, "auth.jwt.audience"),
                keys(settings),
                settings.list("auth.jwt.algorithms"),
                settings.duration("auth.jwt.clock-skew"),
                settings.text("auth.jwt.admin-claim"),
                settings.text("auth.jwt.admin-value"),
                settings.text("auth.jwt.tier-claim"),
                settings.text("auth.jwt.class-claim"));
    }

    private static String needed(Settings settings, String key) {
        return settings.given(key).orElseThrow(() -> new SettingsException(key + " must be set in mode jwt"));
    }

    private static Jwt.Keys keys(Settings settings) {
        var given = List.of(
                settings.given("auth.jwt.jwks-url").<Jwt.Keys>map(url -> new Jwt.Keys.Published(address(url))),
                settings.given("auth.jwt.key-file").<Jwt.Keys>map(file -> new Jwt.Keys.Filed(Path.of(file))),
                settings.given("auth.jwt.secret").<Jwt.Keys>map(Jwt.Keys.Shared::new));
        var set = given.stream().flatMap(Optional::stream).toList();
        if (set.size() != 1) {
            throw new SettingsException(
                    "exactly one of auth.jwt.jwks-url, auth.jwt.key-file and auth.jwt.secret must be set in mode jwt");
        }
        return set.getFirst();
    }

    /** Keys that anybody on the way could change would prove nothing. */
    private static URI address(String url) {
        try {
            var address = URI.create(url);
            var host = Optional.ofNullable(address.getHost()).orElse("");
            if ("https".equals(address.getScheme())
                    || ("http".equals(address.getScheme())
                            && Set.of("localhost", "127.0.0.1").contains(host))) {
                return address;
            }
        } catch (IllegalArgumentException _) {
            // told below, like any other address
        }
        throw new SettingsException("auth.jwt.jwks-url must begin with https://");
    }

    private static Map<String, Client> clients(String text) {
        var clients = new LinkedHashMap<String, Client>();
        Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .forEach(item -> {
                    var parts = item.split(":", 3);
                    if (parts.length != 3 || !parts[0].matches("[A-Za-z0-9_-]{1,64}")) {
                        throw new SettingsException("auth.clients must be ID:TIER:SECRET, separated by commas");
                    }
                    if (clients.put(parts[0], new Client(tier(parts[1]), parts[2])) != null) {
                        throw new SettingsException("auth.clients has " + parts[0] + " twice");
                    }
                });
        return clients;
    }

    private static Tier tier(String word) {
        return Tier.of(word)
                .orElseThrow(
                        () -> new SettingsException("auth.clients: there is no tier " + word.toLowerCase(Locale.ROOT)));
    }
}
