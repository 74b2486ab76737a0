package dev.tryon.vision;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** The containers that videos may come in, told by their first bytes; each is read by one demuxer, which must agree. */
enum VideoFormat {
    /** ISO 14496-12 with a brand of a film. */
    MP4("video/mp4", "mp4"),
    /** Apple's container, which MP4 was made from. */
    QUICKTIME("video/quicktime", "mov"),
    /** Matroska with the document type {@code webm}. */
    WEBM("video/webm", "webm"),
    /** RIFF with the form {@code AVI }. */
    AVI("video/x-msvideo", "avi");

    /** Stills and sequences of stills in MP4's clothes (HEIF, AVIF): pictures, and no videos. */
    private static final Set<String> STILLS = Set.of("mif1", "msf1", "heic", "heix", "heim", "heis", "avif", "avis");

    /** Boxes that begin a QuickTime file older than {@code ftyp}. */
    private static final Set<String> OLD_QUICKTIME = Set.of("moov", "mdat", "wide");

    private static final int EBML = 0x1A45DFA3;
    private static final int DOCUMENT_TYPE = 0x4282;
    private static final int HEADER_BYTES = 64;

    private final String mediaType;
    private final String demuxer;

    VideoFormat(String mediaType, String demuxer) {
        this.mediaType = mediaType;
        this.demuxer = demuxer;
    }

    /** Returns the format whose signature a file begins with. @param file from position to limit, neither of which moves */
    static Optional<VideoFormat> of(ByteBuffer file) {
        var head = new byte[Math.min(file.remaining(), HEADER_BYTES)];
        file.get(file.position(), head);
        if (head.length < 16) {
            return Optional.empty();
        }
        if (ByteBuffer.wrap(head).getInt() == EBML) {
            return hasDocumentTypeWebm(head) ? Optional.of(WEBM) : Optional.empty();
        }
        if (text(head, 0).equals("RIFF")) {
            return text(head, 8).equals("AVI ") ? Optional.of(AVI) : Optional.empty();
        }
        if (OLD_QUICKTIME.contains(text(head, 4))) {
            return Optional.of(QUICKTIME);
        }
        if (!text(head, 4).equals("ftyp") || STILLS.contains(text(head, 8))) {
            return Optional.empty();
        }
        return Optional.of(text(head, 8).equals("qt  ") ? QUICKTIME : MP4);
    }

    /** Finds EBML's DocType element (RFC 8794): two bytes of id, one of length, the text. */
    private static boolean hasDocumentTypeWebm(byte[] head) {
        var bytes = ByteBuffer.wrap(head);
        for (int at = Integer.BYTES; at + 7 <= head.length; at++) {
            if (Short.toUnsignedInt(bytes.getShort(at)) == DOCUMENT_TYPE
                    && head[at + 2] == (byte) 0x84
                    && text(head, at + 3).equals("webm")) {
                return true;
            }
        }
        return false;
    }

    private static String text(byte[] head, int at) {
        return new String(head, at, 4, StandardCharsets.ISO_8859_1);
    }

    /** Returns the registered media type. */
    String mediaType() {
        return mediaType;
    }

    /** Returns FFmpeg's name of what reads it. */
    String demuxer() {
        return demuxer;
    }
}
