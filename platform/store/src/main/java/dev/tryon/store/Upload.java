package dev.tryon.store;

import java.time.Duration;
import java.util.Optional;

/**
 * A picture or a video that a person brought, as it came; its one file is {@link #CONTENT}.
 *
 * @param purpose what it was brought for, {@code reference} say
 * @param mediaType what the bytes were found to be, not what they were said to be
 * @param width in pixels, upright
 * @param height in pixels, upright
 * @param film what a video has besides; empty for a picture
 */
public record Upload(Custody custody, String purpose, String mediaType, int width, int height, Optional<Film> film)
        implements Holding<Upload> {
    /** The name of its file. */
    public static final String CONTENT = "content";

    /**
     * What a video has besides its size.
     *
     * @param duration of all of it
     * @param frames how many there are
     */
    public record Film(Duration duration, int frames) {}

    /** Checks that it has pixels. */
    public Upload {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("an upload has pixels");
        }
    }

    @Override
    public Upload with(Custody changed) {
        return new Upload(changed, purpose, mediaType, width, height, film);
    }
}
