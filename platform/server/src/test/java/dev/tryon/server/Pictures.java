package dev.tryon.server;

import dev.tryon.spi.Frame;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Pictures of the tests' own making, good and bad. */
final class Pictures {
    private static final FrameCodec CODEC = new FrameCodec();

    private Pictures() {}

    /** Returns a gradient. */
    static byte[] gradient(int width, int height, PictureFormat format) {
        try (var frame = Frame.allocate(width, height)) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    var at = y * frame.strideBytes() + 3 * x;
                    frame.pixels().put(at, (byte) (255 * x / width));
                    frame.pixels().put(at + 1, (byte) (255 * y / height));
                    frame.pixels().put(at + 2, (byte) 90);
                }
            }
            return CODEC.encode(frame, format, 85);
        }
    }

    /** Returns the frame size that the live tests send. */
    static byte[] small() {
        return gradient(64, 48, PictureFormat.JPEG);
    }

    static Frame decode(ByteBuffer encoded) {
        return CODEC.decodeUpload(encoded);
    }

    /** Returns one pixel as 0xRRGGBB. */
    static int pixel(Frame frame, int x, int y) {
        var at = y * frame.strideBytes() + 3 * x;
        var pixels = frame.pixels();
        return (pixels.get(at + 2) & 255) << 16 | (pixels.get(at + 1) & 255) << 8 | (pixels.get(at) & 255);
    }

    static byte[] truncated(byte[] picture) {
        return Arrays.copyOf(picture, picture.length / 2);
    }

    /** Returns a PNG whose header claims a size and whose data are missing. */
    static byte[] pngClaiming(int width, int height) {
        var header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        chunk(out, header);
        chunk(out, new byte[] {'I', 'D', 'A', 'T'});
        chunk(out, new byte[] {'I', 'E', 'N', 'D'});
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, byte[] typeAndData) {
        var crc = new CRC32();
        crc.update(typeAndData);
        out.writeBytes(ByteBuffer.allocate(4).putInt(typeAndData.length - 4).array());
        out.writeBytes(typeAndData);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    /** Returns a small GIF of two pictures: a format that is not spoken here. */
    static byte[] gif() {
        return "GIF89a\1\0\1\0\0\0\0;".getBytes(StandardCharsets.ISO_8859_1);
    }
}
