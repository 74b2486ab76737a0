package dev.tryon.server;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import dev.tryon.store.Upload.Film;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.VideoCodec;
import dev.tryon.vision.VideoLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What every file that comes from outside passes first: it is shown to the scanner for malware, then found out about by
 * decoding it and not by what it is said to be. Refused is what is two things at once: a picture that a browser could take
 * for a page, or an unpacker for an archive. Thread-safe.
 */
final class UploadInspector {
    /** Where readers of PDF and HTML look for a beginning. */
    private static final int HEAD_BYTES = 1024;
    /** The longest end of an archive: its record and a comment. */
    private static final int TAIL_BYTES = 22 + 65_535;

    private static final List<String> OTHER_BEGINNINGS = List.of("%pdf-", "<html", "<!doctype", "<script", "<?php");
    private static final String ARCHIVE_END = "PK\5\6";

    /** What the device is told that this is for. */
    private static final String UPLOADS = "uploads";

    private final VirusScan scan;
    private final FrameCodec pictures;
    private final VideoCodec videos;
    private final PixelThreads pixels;

    UploadInspector(VirusScan scan, FrameCodec pictures, VideoCodec videos, PixelThreads pixels) {
        this.scan = scan;
        this.pictures = pictures;
        this.videos = videos;
        this.pixels = pixels;
    }

    /** What a file was found to be; sizes in pixels, upright. */
    record Found(String mediaType, int width, int height, Optional<Film> film) {}

    /**
     * Looks into a file.
     *
     * @param longest that a video may be
     * @throws Refusal if there is malware in it, or it cannot be looked at just now, it is no video, too long, or not what it is called
     * @throws TryOnException if it is no picture
     */
    Found inspect(UploadForm form, Duration longest) {
        scan.check(form.file());
        var found = form.purpose() == UploadForm.Purpose.VIDEO
                ? film(form.file())
                : pixels.call(UPLOADS, () -> picture(form.file()));
        if (!MediaTypes.agree(form.claimedType(), found.mediaType())) {
            throw Problem.of(ProblemType.MEDIA_TYPE_MISMATCH, "The file is " + found.mediaType() + ".")
                    .refusal();
        }
        if (isSomethingElseToo(form.file())) {
            throw Problem.of(ProblemType.AMBIGUOUS_FILE, "Save it anew with a program for pictures.")
                    .refusal();
        }
        if (found.film().filter(film -> film.duration().compareTo(longest) > 0).isPresent()) {
            throw Problem.tooLong(longest).refusal();
        }
        return found;
    }

    /** Decodes the picture and forgets the pixels: what is kept can be used later. */
    private Found picture(ByteBuffer file) {
        var info = pictures.inspect(file.duplicate());
        pictures.decodeUpload(file.duplicate()).close();
        return new Found(info.format().mediaType(), info.width(), info.height(), Optional.empty());
    }

    private Found film(ByteBuffer file) {
        try {
            return pixels.call(UPLOADS, () -> video(file));
        } catch (TryOnException failure) {
            if (failure.code() != ErrorCode.INVALID_IMAGE) {
                throw failure;
            }
            throw Problem.of(ProblemType.INVALID_VIDEO, failure.userMessage()).refusal();
        }
    }

    private Found video(ByteBuffer file) {
        var most = VideoLimits.UPLOAD;
        // The form has bounded the bytes already.
        var limits = new VideoLimits(most.picture(), most.frames(), most.duration(), Math.max(1, file.remaining()));
        var info = videos.inspect(file.duplicate(), limits);
        return new Found(
                info.mediaType(), info.width(), info.height(), Optional.of(new Film(info.duration(), info.frames())));
    }

    private static boolean isSomethingElseToo(ByteBuffer file) {
        var head = text(file, 0, Math.min(HEAD_BYTES, file.remaining())).toLowerCase(Locale.ROOT);
        if (OTHER_BEGINNINGS.stream().anyMatch(head::contains)) {
            return true;
        }
        var begin = Math.max(0, file.remaining() - TAIL_BYTES);
        var tail = text(file, begin, file.remaining() - begin);
        for (int at = tail.indexOf(ARCHIVE_END); at >= 0; at = tail.indexOf(ARCHIVE_END, at + 1)) {
            if (at + 22 <= tail.length()
                    && tail.charAt(at + 20) + (tail.charAt(at + 21) << 8) == tail.length() - at - 22) {
                return true;
            }
        }
        return false;
    }

    private static String text(ByteBuffer file, int from, int length) {
        var bytes = new byte[length];
        file.duplicate().get(file.position() + from, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
