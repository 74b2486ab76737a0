package dev.tryon.cuda;

import dev.tryon.spi.Frame;
import java.nio.ByteBuffer;

/** Where things lie in one piece of memory that goes to the device in one copy. Not thread-safe. */
final class Layout {
    /** What every type and every wide access is satisfied with. */
    private static final int ALIGNMENT = 256;

    private int bytes;

    /** A place of so many bytes in the piece. */
    record Place(int offset, int bytes) {
        /** Copies a frame's pixels, gaps between rows included, to this place. */
        void copy(Frame from, ByteBuffer into) {
            into.put(offset, from.pixels(), 0, bytes);
        }
    }

    /** Adds a place. @throws ArithmeticException if the piece would exceed 2 GiB */
    Place add(int size) {
        var place = new Place(bytes, size);
        bytes = Math.addExact(bytes, Math.multiplyExact(ALIGNMENT, Math.ceilDiv(size, ALIGNMENT)));
        return place;
    }

    /** Adds a place for a frame's pixels, gaps between rows included. */
    Place add(Frame frame) {
        return add(frame.strideBytes() * frame.height());
    }

    /** Returns the size of the piece so far. */
    int bytes() {
        return bytes;
    }
}
