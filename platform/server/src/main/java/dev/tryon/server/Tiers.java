package dev.tryon.server;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What each tier is entitled to.
 *
 * @param allowances by tier, all of them
 */
public record Tiers(Map<Tier, Allowance> allowances) {
    private static final String NO_BOUND = "unlimited";

    /** How good what is made of a video is. */
    public enum Quality {
        /** Good enough to see whether it suits. */
        STANDARD,
        /** Good enough to show. */
        HIGH,
        /** As good as it gets. */
        ULTRA
    }

    /**
     * What a tier is entitled to.
     *
     * @param videosPerMonth made in a calendar month (UTC); empty for any number
     * @param longestVideo that may be brought
     * @param quality the best there is for it
     */
    public record Allowance(OptionalInt videosPerMonth, Duration longestVideo, Quality quality) {}

    /** Checks that there is one for each tier. */
    public Tiers {
        allowances = Map.copyOf(allowances);
        if (allowances.size() != Tier.values().length) {
            throw new IllegalArgumentException("each tier has an allowance");
        }
    }

    /** Returns what a tier is entitled to. */
    public Allowance of(Tier tier) {
        return Objects.requireNonNull(allowances.get(tier));
    }

    static Tiers of(Settings settings) {
        var allowances = new EnumMap<Tier, Allowance>(Tier.class);
        for (var tier : Tier.values()) {
            var prefix = "tiers." + tier.word() + ".";
            var longest = settings.duration(prefix + "longest-video");
            ServerSettings.positive(prefix + "longest-video", longest);
            allowances.put(
                    tier,
                    new Allowance(videos(settings, prefix + "videos-per-month"), longest, quality(settings, prefix)));
        }
        return new Tiers(allowances);
    }

    private static OptionalInt videos(Settings settings, String key) {
        if (settings.text(key).equals(NO_BOUND)) {
            return OptionalInt.empty();
        }
        var videos = settings.whole(key);
        ServerSettings.inRange(key, videos, 0, 1_000_000);
        return OptionalInt.of(videos);
    }

    private static Quality quality(Settings settings, String prefix) {
        var word = settings.text(prefix + "quality");
        return Arrays.stream(Quality.values())
                .filter(quality -> quality.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new SettingsException(prefix + "quality must be "
                        + Arrays.stream(Quality.values())
                                .map(quality -> quality.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + ", not " + word));
    }
}
