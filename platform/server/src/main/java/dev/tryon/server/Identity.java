package dev.tryon.server;

/**
 * Who a request comes from.
 *
 * @param subject owns what is kept; never empty
 * @param callerClass what kind of caller it is
 * @param tier what it is entitled to
 * @param role what it may do
 */
record Identity(String subject, CallerClass callerClass, Tier tier, Role role) {
    /** What the subjects begin with that the server itself names; no issuer's may. */
    static final String OURS = "tryon:";

    private static final int LONGEST_SUBJECT = 255;

    /** Checks the subject. */
    Identity {
        if (!isSubject(subject)) {
            throw new IllegalArgumentException("a subject has 1 to 255 characters, none of them a control character");
        }
    }

    /** Returns whether a text can name a subject. */
    static boolean isSubject(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST_SUBJECT
                && text.chars().noneMatch(Character::isISOControl);
    }

    /** Returns somebody whom nobody knows. */
    static Identity guest(String subject) {
        return new Identity(subject, CallerClass.PAGE, Tier.FREE, Role.USER);
    }

    boolean isAdmin() {
        return role == Role.ADMIN;
    }
}
