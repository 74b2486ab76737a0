package dev.tryon.models;

import java.net.URI;
import java.util.regex.Pattern;

/** What entries of the list are held to; each failure is a sentence that names what does not fit. */
final class Checks {
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_TEXT = 500;

    private Checks() {}

    static void that(boolean fits, String otherwise) {
        if (!fits) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Requires lower-case words joined by hyphens. */
    static void named(String what, String name) {
        that(
                name.length() <= LONGEST_NAME && WORD.matcher(name).matches(),
                what + " is named in lower case, words joined by hyphens, in " + LONGEST_NAME + " letters at most");
    }

    /** Requires one printable line. */
    static void text(String what, String text) {
        that(
                !text.isBlank() && text.length() <= LONGEST_TEXT && text.chars().noneMatch(Character::isISOControl),
                what + " is one line of 1 to " + LONGEST_TEXT + " letters");
    }

    /** Requires an address that nobody on the way can change: https with a host. */
    static void https(String what, URI address) {
        that("https".equals(address.getScheme()) && address.getHost() != null, what + " is an https address");
    }
}
