package dev.tryon.models;

import java.time.Duration;

/**
 * How a published network stands, for operators.
 *
 * @param licence its SPDX identifier
 * @param bytes of the published file
 * @param present whether a file of the right length is there; {@code ./tryon models verify} looks into it
 */
public record ModelStatus(String name, String licence, long bytes, boolean present, Use use) {
    /** What came of it. */
    public sealed interface Use {
        /** No engine has asked for it. */
        record Unused() implements Use {}

        /**
         * Engines have it.
         *
         * @param call the median time of a call in its self-test
         */
        record Lent(Duration call) implements Use {}

        /** An engine asked for it and did not get it. @param reason one sentence for operators */
        record Refused(String reason) implements Use {}
    }
}
