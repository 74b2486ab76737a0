package dev.tryon.store;

import java.time.Duration;

/** What came of taking from a limit. */
public sealed interface Taking {
    /** It may be done. @param remaining how often more, at once */
    record Allowed(long remaining) implements Taking {}

    /** It may not be done yet. @param retryAfter when it may */
    record Refused(Duration retryAfter) implements Taking {}
}
