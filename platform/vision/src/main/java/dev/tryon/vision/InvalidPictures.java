package dev.tryon.vision;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;

/** The ways in which a picture can be refused, each with its fixed sentence for the person. */
final class InvalidPictures {
    private InvalidPictures() {}

    /** The bytes are no picture, or a broken one. @param why for the log, without anything of the picture */
    static TryOnException unreadable(String why) {
        return new TryOnException(
                ErrorCode.INVALID_IMAGE,
                "The picture cannot be read. Please send a whole JPEG, WebP or PNG picture.",
                why);
    }

    static TryOnException tooLarge(PictureInfo info, PictureLimits limits) {
        return new TryOnException(
                ErrorCode.INVALID_IMAGE,
                "The picture is too large. Please send a smaller one.",
                info.width() + "x" + info.height() + " is over " + limits);
    }

    static TryOnException animated(PictureInfo info) {
        return new TryOnException(
                ErrorCode.INVALID_IMAGE,
                "The picture moves. Please send a still one.",
                "animated " + info.format().id());
    }
}
