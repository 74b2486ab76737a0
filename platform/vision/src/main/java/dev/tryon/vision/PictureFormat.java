package dev.tryon.vision;

import java.util.Arrays;
import java.util.Optional;

/** A way of writing a picture into bytes. */
public enum PictureFormat {
    /** ITU-T T.81; eight bits, no alpha. */
    JPEG("jpeg"),
    /** RFC 9649; lossy here, with alpha for patches. */
    WEBP("webp"),
    /** ISO/IEC 15948; lossless. */
    PNG("png");

    private final String id;

    PictureFormat(String id) {
        this.id = id;
    }

    /** Returns the name that the protocol uses: {@code jpeg}, {@code webp} or {@code png}. */
    public String id() {
        return id;
    }

    /** Returns the media type, {@code image/jpeg} say. */
    public String mediaType() {
        return "image/" + id;
    }

    /** Returns the format that the protocol calls so, if there is one. */
    public static Optional<PictureFormat> of(String id) {
        return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
    }
}
