package dev.tryon.store;

/** Nothing is taken of a subject that was erased a short while ago. */
public final class OwnerErasedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes one. */
    public OwnerErasedException() {
        super("the subject was erased");
    }
}
