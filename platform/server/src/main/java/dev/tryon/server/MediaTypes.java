package dev.tryon.server;

import java.util.Map;
import java.util.Set;

/** The media types of files that people bring and get. */
final class MediaTypes {
    private static final Map<String, String> ENDINGS = Map.of(
            "image/jpeg", "jpg",
            "image/png", "png",
            "image/webp", "webp",
            "video/mp4", "mp4",
            "video/quicktime", "mov",
            "video/webm", "webm",
            "video/x-msvideo", "avi",
            "application/json", "json");
    /** Other names that programs give to the same thing. */
    private static final Map<String, Set<String>> ALIASES = Map.of(
            "image/jpeg", Set.of("image/jpg", "image/pjpeg"),
            "video/mp4", Set.of("video/quicktime", "video/x-m4v"),
            "video/quicktime", Set.of("video/mp4", "video/x-m4v"),
            "video/x-msvideo", Set.of("video/avi", "video/msvideo", "video/vnd.avi"));

    private MediaTypes() {}

    /** Returns what the names of such files end with. */
    static String ending(String mediaType) {
        return ENDINGS.getOrDefault(mediaType, "bin");
    }

    /** Returns whether a file may be called so, given what it was found to be. */
    static boolean agree(String claimed, String found) {
        return claimed.isEmpty()
                || claimed.equals("application/octet-stream")
                || claimed.equals(found)
                || ALIASES.getOrDefault(found, Set.of()).contains(claimed);
    }
}
