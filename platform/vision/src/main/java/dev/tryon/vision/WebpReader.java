package dev.tryon.vision;

import dev.tryon.vision.PictureHeader.Route;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * WebP's chunks (RFC 9649), read without decoding a pixel.
 *
 * <p>A WebP ends where its RIFF length says; what follows is ignored.
 */
final class WebpReader {
    /** The first four bytes, big-endian. */
    static final int RIFF = 0x52494646;
    /** Bytes 8 to 11, big-endian. */
    static final int WEBP = 0x57454250;

    private static final int RIFF_HEAD_BYTES = 12;
    private static final int CHUNK_HEAD_BYTES = 8;
    private static final int ALPHA_FLAG = 0x10;
    private static final int ANIMATION_FLAG = 0x02;
    private static final int VP8X_BYTES = 10;

    private final byte[] bytes;
    private final ByteBuffer little;
    private final int end;

    private Size canvas = Size.NONE;
    private Size coded = Size.NONE;
    private boolean animated;
    private Orientation orientation = Orientation.UPRIGHT;
    private int alphaAt = -1;
    private int pictureAt = -1;
    private boolean lossless;

    /** Width and height in pixels; zeros where nothing was said yet. */
    private record Size(int width, int height) {
        static final Size NONE = new Size(0, 0);
    }

    private WebpReader(byte[] bytes) {
        this.bytes = bytes;
        this.little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        var length = Integer.toUnsignedLong(little.getInt(4));
        if (length < 4 || length + 8 > bytes.length) {
            throw InvalidPictures.unreadable("WebP cut off");
        }
        this.end = (int) length + 8;
        for (var at = RIFF_HEAD_BYTES; at < end; ) {
            at = chunk(at);
        }
        var size = canvas.equals(Size.NONE) ? coded : canvas;
        if (size.width == 0 || size.height == 0) {
            throw InvalidPictures.unreadable("WebP of no width or height");
        }
        if (!animated && (pictureAt < 0 || !coded.equals(size))) {
            throw InvalidPictures.unreadable("WebP whose sizes disagree");
        }
        this.canvas = size;
    }

    static PictureHeader header(byte[] bytes) {
        var reader = new WebpReader(bytes);
        return new PictureHeader(
                PictureFormat.WEBP,
                reader.canvas.width,
                reader.canvas.height,
                reader.orientation,
                reader.animated,
                Route.CAREFUL);
    }

    /** Copies picture and alpha, in a container of their own. */
    static byte[] essentials(byte[] bytes) {
        var reader = new WebpReader(bytes);
        var withAlpha = reader.alphaAt >= 0 && !reader.lossless;
        var size = RIFF_HEAD_BYTES + reader.paddedChunkBytes(reader.pictureAt);
        if (withAlpha) {
            size += CHUNK_HEAD_BYTES + VP8X_BYTES + reader.paddedChunkBytes(reader.alphaAt);
        }
        var out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.put(bytes, 0, 4).putInt(size - 8).put(bytes, 8, 4);
        if (withAlpha) {
            out.put(new byte[] {'V', 'P', '8', 'X'}).putInt(VP8X_BYTES).putInt(ALPHA_FLAG);
            put24(out, reader.canvas.width - 1);
            put24(out, reader.canvas.height - 1);
            reader.copyChunk(reader.alphaAt, out);
        }
        reader.copyChunk(reader.pictureAt, out);
        return out.array();
    }

    /** Reads one chunk and returns where the next begins. */
    private int chunk(int at) {
        if (end - at < CHUNK_HEAD_BYTES) {
            throw InvalidPictures.unreadable("WebP cut off in a chunk head");
        }
        var length = little.getInt(at + 4);
        var body = at + CHUNK_HEAD_BYTES;
        if (length < 0 || length > end - body) {
            throw InvalidPictures.unreadable("WebP cut off in a chunk");
        }
        switch (Integer.reverseBytes(little.getInt(at))) {
            case 0x56503858 -> extended(body, length);
            case 0x56503820 -> lossy(at, body, length);
            case 0x5650384C -> lossless(at, body, length);
            case 0x414C5048 -> alphaAt = alphaAt < 0 ? at : alphaAt;
            case 0x414E494D, 0x414E4D46 -> animated = true;
            case 0x45584946 -> exif(body, length);
            default -> {} // profiles, XMP and what is yet to be invented
        }
        return (int) Math.min(end, (long) body + length + (length & 1));
    }

    private void extended(int body, int length) {
        if (length < VP8X_BYTES) {
            throw InvalidPictures.unreadable("short WebP header");
        }
        animated |= (bytes[body] & ANIMATION_FLAG) != 0;
        canvas = new Size(1 + (little.getInt(body + 3) >>> 8), 1 + (little.getInt(body + 6) >>> 8));
    }

    private void lossy(int at, int body, int length) {
        if (pictureAt >= 0) {
            throw InvalidPictures.unreadable("WebP with two pictures");
        }
        if (length < 10 || (bytes[body] & 1) != 0 || Integer.reverseBytes(little.getInt(body + 2)) << 8 != 0x9D012A00) {
            throw InvalidPictures.unreadable("WebP without a VP8 key frame");
        }
        var firstPartition = (little.getInt(body) & 0xFFFFFF) >>> 5;
        if (firstPartition > length - 10) {
            throw InvalidPictures.unreadable("WebP cut off in its first partition");
        }
        pictureAt = at;
        coded = new Size(little.getShort(body + 6) & 0x3FFF, little.getShort(body + 8) & 0x3FFF);
    }

    private void lossless(int at, int body, int length) {
        if (pictureAt >= 0) {
            throw InvalidPictures.unreadable("WebP with two pictures");
        }
        if (length < 5 || bytes[body] != 0x2F || (bytes[body + 4] & 0xE0) != 0) {
            throw InvalidPictures.unreadable("WebP without a lossless header");
        }
        var sizes = little.getInt(body + 1);
        pictureAt = at;
        lossless = true;
        coded = new Size(1 + (sizes & 0x3FFF), 1 + (sizes >>> 14 & 0x3FFF));
    }

    private void exif(int body, int length) {
        var head = length >= 6 && bytes[body] == 'E' && bytes[body + 1] == 'x' ? 6 : 0;
        orientation = Exif.orientation(bytes, body + head, length - head);
    }

    private int paddedChunkBytes(int at) {
        var length = little.getInt(at + 4);
        return CHUNK_HEAD_BYTES + length + (length & 1);
    }

    private void copyChunk(int at, ByteBuffer out) {
        var length = little.getInt(at + 4);
        out.put(bytes, at, CHUNK_HEAD_BYTES + length);
        if ((length & 1) == 1) {
            out.put((byte) 0);
        }
    }

    private static void put24(ByteBuffer out, int value) {
        out.putShort((short) value).put((byte) (value >> 16));
    }
}
