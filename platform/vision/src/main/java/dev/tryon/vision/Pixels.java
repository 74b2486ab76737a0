package dev.tryon.vision;

import dev.tryon.spi.Frame;
import nu.pattern.OpenCV;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/** Frames as OpenCV sees them. Thread-safe. */
public final class Pixels {
    private Pixels() {}

    /**
     * Loads OpenCV's natives, the first time; every other method of this package does so by itself.
     *
     * <p>OpenCV is told to keep each call on the caller's thread: frames run side by side, a frame does not spread.
     */
    public static void load() {
        Loaded.touch();
    }

    /**
     * Wraps a frame's pixels without copying them.
     *
     * @param frame must stay open, and reachable, for as long as the matrix is used
     * @return {@code CV_8UC3}, BGR, with the frame's stride
     */
    public static Mat mat(Frame frame) {
        load();
        return new Mat(frame.height(), frame.width(), CvType.CV_8UC3, frame.pixels(), frame.strideBytes());
    }

    /** Initialised once by the class loader, which is the only lock needed. */
    private static final class Loaded {
        static {
            OpenCV.loadLocally();
            Core.setNumThreads(1);
        }

        private Loaded() {}

        static void touch() {}
    }
}
