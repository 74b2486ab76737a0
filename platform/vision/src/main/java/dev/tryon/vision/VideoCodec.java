package dev.tryon.vision;

import dev.tryon.spi.Frame;
import java.nio.ByteBuffer;

/**
 * Videos in bytes to frames and back, all of it in memory.
 *
 * <p>MP4, MOV, WebM and AVI are read, MP4 is written. A file is recognised by its first bytes and must be what they say; it is
 * counted from end to end, and its limits checked, before the first picture is decoded, and that picture must decode
 * before the file is called a video. Sound is neither read nor written.
 *
 * <p>Thread-safe; a reader or a writer belongs to one thread at a time and spreads over no other.
 */
public final class VideoCodec implements AutoCloseable {
    private final FramePool frames = new FramePool();

    /** Loads the natives. */
    public VideoCodec() {
        Pixels.load();
        Ffmpeg.load();
    }

    /**
     * Tells what a video that somebody brought holds, within {@link VideoLimits#UPLOAD}.
     *
     * @see #inspect(ByteBuffer, VideoLimits)
     */
    public VideoInfo inspect(ByteBuffer file) {
        return inspect(file, VideoLimits.UPLOAD);
    }

    /**
     * Tells what a video holds: counts its pictures and decodes the first.
     *
     * @param file from position to limit, neither of which moves
     * @throws dev.tryon.spi.TryOnException with INVALID_IMAGE if it is no whole video of ours, or over the limits
     */
    public VideoInfo inspect(ByteBuffer file, VideoLimits limits) {
        try (var reader = open(file, limits)) {
            reader.next().ifPresent(Frame::close);
            return reader.info();
        }
    }

    /**
     * Opens a video that somebody brought, within {@link VideoLimits#UPLOAD}.
     *
     * @see #open(ByteBuffer, VideoLimits)
     */
    public VideoReader open(ByteBuffer file) {
        return open(file, VideoLimits.UPLOAD);
    }

    /**
     * Opens a video for reading.
     *
     * @param file from position to limit, neither of which moves; copied
     * @return a reader that the caller closes
     * @throws dev.tryon.spi.TryOnException with INVALID_IMAGE if it is no whole video of ours, or over the limits
     */
    public VideoReader open(ByteBuffer file, VideoLimits limits) {
        VideoInfo info;
        try (var counted = new VideoFile(file, limits)) {
            info = counted.survey(limits);
        }
        return new VideoReader(new VideoFile(file, limits), info, frames);
    }

    /**
     * Opens a video for writing.
     *
     * @param width of its frames in pixels, at least 16; the last column of an odd one is cut off
     * @param height of its frames in pixels, at least 16; the last row of an odd one is cut off
     * @param framesPerSecond on average, at most 1000; each frame is shown at its own time all the same
     * @param quality 1..100, where 75 is good
     * @return a writer that the caller closes
     */
    public VideoWriter writer(int width, int height, double framesPerSecond, int quality) {
        return new VideoWriter(width, height, framesPerSecond, quality);
    }

    /** Returns how many frames were handed out and not yet closed: the leak counter. */
    public long framesInUse() {
        return frames.lent();
    }

    /** Frees idle frames; frames still in use are freed as they are closed. */
    @Override
    public void close() {
        frames.close();
    }
}
