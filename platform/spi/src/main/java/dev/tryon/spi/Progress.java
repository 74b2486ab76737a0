package dev.tryon.spi;

/** How far a longer piece of work is, and whether anybody still wants it. */
public interface Progress {
    /** Nobody watches and nobody cancels. */
    Progress UNWATCHED = new Progress() {
        @Override
        public void report(double done) {}

        @Override
        public boolean canceled() {
            return false;
        }
    };

    /** Tells how much is done. @param done 0..1, never falling */
    void report(double done);

    /** Returns whether to stop at the next good moment. */
    boolean canceled();
}
