package dev.tryon.nails;

import java.nio.ByteBuffer;

/**
 * Memory for patches, cut from large direct buffers: allocating one for every nail of every frame would cost more than
 * painting it. A large buffer is freed once no patch cut from it is in use.
 *
 * <p>Threads: one at a time; what was taken is the taker's.
 */
final class PatchMemory {
    private static final int CHUNK_BYTES = 1 << 18;

    private ByteBuffer chunk = ByteBuffer.allocateDirect(0);
    private int used;

    /** Returns a direct buffer of zeros. */
    ByteBuffer take(int bytes) {
        if (bytes > CHUNK_BYTES) {
            return ByteBuffer.allocateDirect(bytes);
        }
        if (used + bytes > chunk.capacity()) {
            chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
            used = 0;
        }
        var taken = chunk.slice(used, bytes);
        used += bytes;
        return taken;
    }
}
