package dev.tryon.vision;

import dev.tryon.vision.PictureHeader.Route;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * PNG's chunks (ISO/IEC 15948, and APNG's acTL), read without decoding a pixel.
 *
 * <p>A PNG ends at its IEND chunk; what follows is ignored. Text and profiles, which may unpack to gigabytes, never
 * reach a decoder.
 */
final class PngReader {
    /** The eight bytes that every PNG begins with. */
    static final long SIGNATURE = 0x89504E470D0A1A0AL;

    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504C5445;
    private static final int TRNS = 0x74524E53;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final int ACTL = 0x6163544C;
    private static final int EXIF = 0x65584966;
    private static final int SIGNATURE_BYTES = 8;
    private static final int CRITICAL_BIT = 0x20000000;

    private final ByteBuffer bytes;
    private int at = SIGNATURE_BYTES;
    private int type;
    private int body;
    private int length;

    private PngReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** Reads as far as the pixels begin. */
    static PictureHeader header(byte[] bytes) {
        var reader = new PngReader(bytes);
        reader.next();
        if (reader.type != IHDR || reader.length != 13) {
            throw InvalidPictures.unreadable("PNG without a header");
        }
        var width = reader.bytes.getInt(reader.body);
        var height = reader.bytes.getInt(reader.body + 4);
        if (width < 1 || height < 1) {
            throw InvalidPictures.unreadable("PNG of no width or height");
        }
        var orientation = Orientation.UPRIGHT;
        var animated = false;
        do {
            reader.next();
            if (reader.type == ACTL) {
                animated = true;
            } else if (reader.type == EXIF) {
                orientation = Exif.orientation(bytes, reader.body, reader.length);
            }
        } while (reader.type != IDAT && reader.type != IEND);
        return new PictureHeader(PictureFormat.PNG, width, height, orientation, animated, Route.CAREFUL);
    }

    /** Copies the chunks that make the pixels, each proved by its checksum. */
    static byte[] essentials(byte[] bytes) {
        var reader = new PngReader(bytes);
        var out = new ByteArrayOutputStream(bytes.length);
        out.write(bytes, 0, SIGNATURE_BYTES);
        var headers = 0;
        var data = 0;
        do {
            reader.next();
            switch (reader.type) {
                case IHDR, PLTE, TRNS, IDAT, IEND -> {
                    reader.prove();
                    out.write(bytes, reader.body - 8, reader.length + 12);
                    headers += reader.type == IHDR ? 1 : 0;
                    data += reader.type == IDAT ? 1 : 0;
                }
                default -> {
                    if ((reader.type & CRITICAL_BIT) == 0) {
                        throw InvalidPictures.unreadable("PNG with an unknown critical chunk");
                    }
                }
            }
        } while (reader.type != IEND);
        if (headers != 1 || data == 0) {
            throw InvalidPictures.unreadable("PNG without pixels");
        }
        return out.toByteArray();
    }

    private void next() {
        if (bytes.capacity() - at < 12) {
            throw InvalidPictures.unreadable("PNG cut off");
        }
        length = bytes.getInt(at);
        type = bytes.getInt(at + 4);
        body = at + 8;
        if (length < 0 || length > bytes.capacity() - body - 4) {
            throw InvalidPictures.unreadable("PNG cut off in a chunk");
        }
        at = body + length + 4;
    }

    private void prove() {
        var checksum = new CRC32();
        checksum.update(bytes.array(), body - 4, length + 4);
        if ((int) checksum.getValue() != bytes.getInt(body + length)) {
            throw InvalidPictures.unreadable("PNG with a damaged chunk");
        }
    }
}
