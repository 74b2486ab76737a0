package dev.tryon.vision;

import java.time.Duration;

/**
 * What a video file holds, counted and not believed.
 *
 * @param mediaType {@code video/mp4}, {@code video/quicktime}, {@code video/webm} or {@code video/x-msvideo}
 * @param width in pixels, as it is to be shown (rotation applied), at least 1
 * @param height in pixels, as it is to be shown (rotation applied), at least 1
 * @param duration from the first picture's appearance to the last one's end
 * @param frames pictures, at least 1
 * @param framesPerSecond on average
 */
public record VideoInfo(
        String mediaType, int width, int height, Duration duration, int frames, double framesPerSecond) {
    /** Checks that there is something to see. */
    public VideoInfo {
        if (width < 1 || height < 1 || frames < 1) {
            throw new IllegalArgumentException("no video has " + frames + " pictures of " + width + "x" + height);
        }
        if (duration.isNegative() || duration.isZero() || !(framesPerSecond > 0)) {
            throw new IllegalArgumentException("no video lasts " + duration);
        }
    }
}
