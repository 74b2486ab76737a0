package dev.tryon.store;

import java.time.Duration;

/**
 * How often something may be done. What was used comes back evenly: after a tenth of the time, a tenth of it.
 *
 * @param name of what is limited, {@code client-uploads} say
 * @param most how often within the time, all at once if need be
 * @param per the time
 */
public record Limit(String name, long most, Duration per) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(31);

    /** Checks the numbers. */
    public Limit {
        if (!name.matches("[a-z][a-z-]{0,31}") || most < 1 || most > 1_000_000_000) {
            throw new IllegalArgumentException("not a limit: " + name + " of " + most);
        }
        if (per.compareTo(SHORTEST) < 0 || per.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a limit is for a second to 31 days, not " + per);
        }
    }

    /** Returns the key of a caller's bucket: another one if the numbers change. */
    String bucket(String caller) {
        return name + ":" + most + ":" + per.toSeconds() + ":" + caller;
    }
}
