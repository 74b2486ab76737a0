package dev.tryon.vision;

import java.time.Duration;

/**
 * How large and how long a video may be; checked before anything is decoded.
 *
 * @param picture how large each of its pictures may be
 * @param frames pictures altogether
 * @param duration from beginning to end
 * @param bytes of the file
 */
public record VideoLimits(PictureLimits picture, int frames, Duration duration, int bytes) {
    /** Videos that people bring: 4K either way up, a minute at 60 frames a second, 100 MiB. */
    public static final VideoLimits UPLOAD =
            new VideoLimits(new PictureLimits(3840, 3840 * 2160), 3600, Duration.ofSeconds(60), 100 << 20);

    /** Checks that something is allowed. */
    public VideoLimits {
        if (frames < 1 || bytes < 1 || duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("limits allow at least one picture");
        }
    }
}
