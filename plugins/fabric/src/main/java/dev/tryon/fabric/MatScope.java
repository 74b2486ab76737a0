package dev.tryon.fabric;

import dev.tryon.vision.Pixels;
import java.util.ArrayDeque;
import java.util.Deque;
import org.opencv.core.Mat;

/**
 * The matrices of one piece of work, whose memory goes back all at once at its end.
 *
 * <p>Threads: one.
 */
final class MatScope implements AutoCloseable {
    static {
        Pixels.load();
    }

    private final Deque<Mat> mats = new ArrayDeque<>();

    /** Returns an empty matrix for a call to fill. */
    Mat mat() {
        return keep(new Mat());
    }

    /** Returns a matrix of this size and type, its values yet unknown. */
    Mat mat(int rows, int columns, int type) {
        return keep(new Mat(rows, columns, type));
    }

    /** Takes a matrix over and returns it. */
    <M extends Mat> M keep(M mat) {
        mats.push(mat);
        return mat;
    }

    @Override
    public void close() {
        while (!mats.isEmpty()) {
            mats.pop().release();
        }
    }
}
