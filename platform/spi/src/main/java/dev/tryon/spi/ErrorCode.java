package dev.tryon.spi;

/** What can go wrong with a try-on, as clients see it. */
public enum ErrorCode {
    /** No hand, or no nail of it, is in the picture. */
    HAND_NOT_DETECTED(Category.USER, true),
    /** Part of the hand is out of the picture. */
    PARTIAL_HAND_DETECTED(Category.USER, true),
    /** No face is in the picture. */
    FACE_NOT_DETECTED(Category.USER, true),
    /** No person is in the picture. */
    BODY_NOT_DETECTED(Category.USER, true),
    /** No cloth is in the picture. */
    FABRIC_NOT_DETECTED(Category.USER, true),
    /** Too dark to see. */
    LOW_LIGHT(Category.USER, true),
    /** Too blurred to see. */
    BLUR_DETECTED(Category.USER, true),
    /** The bytes are no picture, or not the picture that they claim to be. */
    INVALID_IMAGE(Category.USER, true),
    /** The look cannot be worn. */
    INVALID_LOOK(Category.USER, true),
    /** A network could not be loaded or run. */
    MODEL_ERROR(Category.INTERNAL, true),
    /** An engine failed. */
    PROCESSING_FAILED(Category.INTERNAL, true),
    /** An engine took too long. */
    PROCESSING_TIMEOUT(Category.RESOURCE, true),
    /** There is no such session. */
    INVALID_SESSION(Category.USER, false),
    /** The session is over. */
    SESSION_EXPIRED(Category.USER, false),
    /** Too many in too short a time. */
    RATE_LIMITED(Category.RESOURCE, true),
    /** The server has no room. */
    SERVER_BUSY(Category.RESOURCE, true);

    /** Whose fault it is. */
    public enum Category {
        /** What was sent. */
        USER,
        /** What there is not enough of. */
        RESOURCE,
        /** Our own. */
        INTERNAL
    }

    private final Category category;
    private final boolean recoverable;

    ErrorCode(Category category, boolean recoverable) {
        this.category = category;
        this.recoverable = recoverable;
    }

    /** Returns whose fault it is. */
    public Category category() {
        return category;
    }

    /** Returns whether the next picture may well succeed in the same session. */
    public boolean recoverable() {
        return recoverable;
    }
}
