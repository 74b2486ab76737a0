package dev.tryon.vision;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;

/** The ways in which a video can be refused, each with its fixed sentence for the person. */
final class InvalidVideos {
    private InvalidVideos() {}

    /** The bytes are no video, or a broken one. @param why for the log, without anything of the video */
    static TryOnException unreadable(String why) {
        return new TryOnException(
                ErrorCode.INVALID_IMAGE,
                "The video cannot be read. Please send a whole MP4, MOV, WebM or AVI video.",
                why);
    }

    static TryOnException tooLarge(String why) {
        return new TryOnException(
                ErrorCode.INVALID_IMAGE, "The video is too large. Please send one of fewer pixels or bytes.", why);
    }

    static TryOnException tooLong(String why) {
        return new TryOnException(ErrorCode.INVALID_IMAGE, "The video is too long. Please send a shorter one.", why);
    }
}
