package dev.tryon.vision;

import dev.tryon.vision.PictureHeader.Route;
import java.io.ByteArrayOutputStream;
import java.util.EnumSet;

/**
 * JPEG's markers (ITU-T T.81, annex B), read without decoding a pixel.
 *
 * <p>A JPEG ends at its first EOI marker: phones put further pictures behind it. One without EOI is cut off.
 */
final class JpegReader {
    private static final int TEM = 0x01;
    private static final int SOF0 = 0xC0;
    private static final int SOF2 = 0xC2;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int RST0 = 0xD0;
    private static final int RST7 = 0xD7;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int DNL = 0xDC;
    private static final int DRI = 0xDD;
    private static final int DHP = 0xDE;
    private static final int EXP = 0xDF;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;

    /** libjpeg's default script has ten; each costs a pass over the picture, which makes thousands an attack. */
    private static final int MOST_SCANS = 64;

    /** What a JPEG must bring itself, so that no decoder uses the tables of the picture before. */
    private enum Table {
        HUFFMAN,
        QUANTIZATION
    }

    private static final int EXIF_HEAD_BYTES = 6;

    private final byte[] bytes;
    private int at = 2;
    private int marker;
    private int body;
    private int end;

    private JpegReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads as far as the frame header. */
    static PictureHeader header(byte[] bytes) {
        var reader = new JpegReader(bytes);
        var orientation = Orientation.UPRIGHT;
        var adobe = false;
        var transform = 1;
        while (true) {
            reader.next();
            if (reader.marker == APP1 && reader.holds("Exif\0")) {
                var tiff = reader.body + EXIF_HEAD_BYTES;
                orientation = Exif.orientation(bytes, tiff, reader.end - tiff);
            } else if (reader.marker == APP14 && reader.holds("Adobe") && reader.end - reader.body >= 12) {
                adobe = true;
                transform = bytes[reader.body + 11];
            } else if (isFrameHeader(reader.marker)) {
                var route = reader.isPlain() && (!adobe || transform == 1) ? Route.PLAIN_JPEG : Route.CAREFUL;
                return reader.frame(orientation, route);
            } else if (reader.marker == SOS || reader.marker == EOI) {
                throw InvalidPictures.unreadable("JPEG without a frame header");
            }
        }
    }

    private PictureHeader frame(Orientation orientation, Route route) {
        if (end - body < 6) {
            throw InvalidPictures.unreadable("short JPEG frame header");
        }
        var height = unsignedShort(body + 1);
        var width = unsignedShort(body + 3);
        if (width == 0 || height == 0) {
            throw InvalidPictures.unreadable("JPEG of no width or height");
        }
        return new PictureHeader(PictureFormat.JPEG, width, height, orientation, false, route);
    }

    /** Whether the frame is Huffman-coded luma, alone or with two chroma planes at the usual densities, in 8 bits. */
    private boolean isPlain() {
        if (marker > SOF2 || end - body < 6 || bytes[body] != 8) {
            return false;
        }
        var components = bytes[body + 5];
        if (end - body != 6 + 3 * components) {
            return false;
        }
        var luma = bytes[body + 7];
        return switch (components) {
            case 1 -> luma == 0x11;
            case 3 ->
                (luma == 0x11 || luma == 0x21 || luma == 0x12 || luma == 0x22)
                        && bytes[body + 10] == 0x11
                        && bytes[body + 13] == 0x11
                        && bytes[body + 6] != 'R';
            default -> false;
        };
    }

    /** Copies everything from SOI to EOI but metadata. */
    static byte[] essentials(byte[] bytes) {
        var reader = new JpegReader(bytes);
        var out = new ByteArrayOutputStream(bytes.length);
        out.write(bytes, 0, 2);
        var frames = 0;
        var scans = 0;
        var tables = EnumSet.noneOf(Table.class);
        while (true) {
            reader.next();
            var start = reader.body - 4;
            switch (reader.marker) {
                case EOI -> {
                    if (frames != 1 || scans == 0 || tables.size() < Table.values().length) {
                        throw InvalidPictures.unreadable("JPEG without a picture or without its tables");
                    }
                    out.write(0xFF);
                    out.write(EOI);
                    return out.toByteArray();
                }
                case SOS -> {
                    scans++;
                    reader.skipScan();
                    out.write(bytes, start, reader.at - start);
                }
                case DHT -> {
                    tables.add(Table.HUFFMAN);
                    out.write(bytes, start, reader.end - start);
                }
                case DQT -> {
                    tables.add(Table.QUANTIZATION);
                    out.write(bytes, start, reader.end - start);
                }
                case DRI, APP14 -> out.write(bytes, start, reader.end - start);
                case APP0 -> {
                    if (reader.holds("JFIF\0")) {
                        out.write(bytes, start, reader.end - start);
                    }
                }
                case SOI, TEM, DAC, DNL, DHP, EXP -> throw InvalidPictures.unreadable("JPEG marker out of place");
                default -> {
                    if (isFrameHeader(reader.marker)) {
                        frames++;
                        out.write(bytes, start, reader.end - start);
                    }
                }
            }
            if (frames > 1 || scans > MOST_SCANS || (scans > 0 && frames == 0)) {
                throw InvalidPictures.unreadable("JPEG of " + frames + " frames and " + scans + " scans");
            }
        }
    }

    private static boolean isFrameHeader(int marker) {
        return marker >= SOF0 && marker <= 0xCF && marker != DHT && marker != JPG && marker != DAC;
    }

    /** Moves to the next marker and, where it has one, over its segment. */
    private void next() {
        if (at >= bytes.length || bytes[at] != (byte) 0xFF) {
            throw InvalidPictures.unreadable("JPEG cut off, or no marker where one is due");
        }
        while (at < bytes.length && bytes[at] == (byte) 0xFF) {
            at++;
        }
        if (at >= bytes.length) {
            throw InvalidPictures.unreadable("JPEG cut off in a marker");
        }
        marker = bytes[at++] & 0xFF;
        if (marker == 0 || (marker >= RST0 && marker <= RST7)) {
            throw InvalidPictures.unreadable("JPEG marker out of place");
        }
        if (marker == EOI || marker == SOI || marker == TEM) {
            return;
        }
        if (at + 2 > bytes.length) {
            throw InvalidPictures.unreadable("JPEG cut off in a segment");
        }
        var length = unsignedShort(at);
        body = at + 2;
        end = at + length;
        if (length < 2 || end > bytes.length) {
            throw InvalidPictures.unreadable("JPEG cut off in a segment");
        }
        at = end;
    }

    /** Moves over entropy-coded data, in which FF is followed by 00 or a restart marker. */
    private void skipScan() {
        for (var index = at; index + 1 < bytes.length; index++) {
            if (bytes[index] == (byte) 0xFF) {
                var follower = bytes[index + 1] & 0xFF;
                if (follower != 0 && follower != 0xFF && (follower < RST0 || follower > RST7)) {
                    at = index;
                    return;
                }
            }
        }
        throw InvalidPictures.unreadable("JPEG cut off in a scan");
    }

    private boolean holds(String head) {
        if (end - body < head.length()) {
            return false;
        }
        for (var index = 0; index < head.length(); index++) {
            if (bytes[body + index] != head.charAt(index)) {
                return false;
            }
        }
        return true;
    }

    private int unsignedShort(int index) {
        return ((bytes[index] & 0xFF) << 8) | (bytes[index + 1] & 0xFF);
    }
}
