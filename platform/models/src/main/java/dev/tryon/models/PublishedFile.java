package dev.tryon.models;

import java.util.regex.Pattern;

/**
 * A file as its publisher made it.
 *
 * @param name as the publisher calls it; for people alone, no path is made of it
 * @param bytes how long it is, 1 GiB at most
 * @param sha256 of the whole file; decides whether a file is this one
 */
public record PublishedFile(String name, Format format, long bytes, Sha256 sha256) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
    private static final long MOST_BYTES = 1L << 30;

    /** What is in the file. */
    public enum Format {
        /** A TensorFlow Lite model, which is imported. */
        TFLITE,
        /** A TorchScript archive, which is run as it is. */
        TORCHSCRIPT
    }

    /** Checks name and length. */
    public PublishedFile {
        Checks.that(
                NAME.matcher(name).matches(),
                "a file's name is made of letters, digits, dots, hyphens and underscores");
        Checks.that(bytes >= 1 && bytes <= MOST_BYTES, "a file has 1 byte to 1 GiB, not " + bytes + " bytes");
    }
}
