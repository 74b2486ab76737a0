package dev.tryon.server;

/**
 * Where the time of one frame went, in nanoseconds.
 *
 * @param queue from received to taken up
 * @param decode from bytes to pixels
 * @param engine in the engine, its networks included
 * @param encode from pixels to bytes, drawing and packing included
 */
record StageNanos(long queue, long decode, long engine, long encode) {
    /** Returns the time from taken up to encoded. */
    long processing() {
        return decode + engine + encode;
    }
}
