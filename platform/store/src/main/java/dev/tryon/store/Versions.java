package dev.tryon.store;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Where the versions of an entry begin whose key may be given up and taken again: somewhere else each time, so that a
 * change meant for one entry never meets the next with its key.
 */
final class Versions {
    /** Exact in every notation that a database may keep numbers in. */
    private static final long FIRSTS = 1L << 48;

    private Versions() {}

    static long first() {
        return ThreadLocalRandom.current().nextLong(FIRSTS);
    }
}
