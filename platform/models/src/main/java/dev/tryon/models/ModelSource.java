package dev.tryon.models;

import java.io.InputStream;

/** Where published files are taken from. */
public interface ModelSource {
    /**
     * Hands over the bytes of an entry's file; what they are worth the taker decides.
     *
     * @param taker called with each try, until it takes one
     * @throws ModelException of {@link ModelException.Problem#ABSENT} or {@link ModelException.Problem#UNREACHABLE} if there
     *     is nothing to hand over, or what the taker threw last
     */
    void fetch(ModelEntry entry, Taker taker);

    /** What takes a file in. */
    @FunctionalInterface
    interface Taker {
        /**
         * Takes a file in, if it is the right one.
         *
         * @param from whose bytes these are, for messages
         * @param bytes read to the end, or until they cannot be right any more; closed by the caller
         * @throws ModelException of {@link ModelException.Problem#WRONG_FILE}, {@link ModelException.Problem#UNREACHABLE} if
         *     reading failed, or what the disk has against it
         */
        void take(String from, InputStream bytes);
    }
}
