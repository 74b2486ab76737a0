package dev.tryon.models;

/** A published network that cannot be had; the message is a sentence for the operator that says what to do. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Problem problem;

    /** What is wrong. */
    public enum Problem {
        /** The list of networks cannot be used. */
        BAD_LIST,
        /** The list has no such name. */
        UNKNOWN,
        /** Its file is not in the data directory, or in the folder that was searched. */
        ABSENT,
        /** Its file in the data directory is not what it should be. */
        CORRUPT,
        /** Its publisher cannot be reached, or does not answer as it should. */
        UNREACHABLE,
        /** What came is another file. */
        WRONG_FILE,
        /** The disk is full. */
        NO_ROOM,
        /** The data directory cannot be read or written. */
        UNUSABLE_FOLDER,
        /** The file cannot be imported. */
        NOT_IMPORTABLE,
        /** It is loaded, and does not do what the list says. */
        SELF_TEST_FAILED
    }

    /** Makes one. */
    public ModelException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    /** Makes one with a cause. */
    public ModelException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    /** Returns what is wrong. */
    public Problem problem() {
        return problem;
    }
}
