package dev.tryon.vision;

import dev.tryon.spi.Frame;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** Pictures of the tests' own making, and bytes put together by hand. */
final class Pictures {
    static {
        // The module itself has no use for the JDK's codecs; Surefire's own --add-reads leaves no room for another.
        Pictures.class
                .getModule()
                .addReads(ModuleLayer.boot().findModule("java.desktop").orElseThrow());
    }

    private Pictures() {}

    /** Returns a textured BGR picture with smooth, differently coloured corners. */
    static Mat photo(int width, int height) {
        Pixels.load();
        var noise = new Mat(height, width, CvType.CV_32FC3);
        var random = new Random(width * 31L + height);
        var values = new float[width * height * 3];
        for (var index = 0; index < values.length; index++) {
            values[index] = (float) random.nextGaussian() * 60;
        }
        noise.put(0, 0, values);
        Imgproc.GaussianBlur(noise, noise, new Size(0, 0), 2);
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                var at = 3 * (y * width + x);
                values[at] = 60 + 130f * x / width;
                values[at + 1] = 60 + 130f * y / height;
                values[at + 2] = 190 - 60f * x / width - 60f * y / height;
            }
        }
        var picture = new Mat(height, width, CvType.CV_32FC3);
        picture.put(0, 0, values);
        Core.add(picture, noise, picture);
        picture.convertTo(picture, CvType.CV_8U);
        return picture;
    }

    static Frame frame(FrameCodec codec, Mat bgr) {
        var frame = codec.allocate(bgr.cols(), bgr.rows());
        bgr.copyTo(Pixels.mat(frame));
        return frame;
    }

    static byte[] encode(Mat mat, String extension, int... parameters) {
        var out = new MatOfByte();
        Imgcodecs.imencode(extension, mat, out, new MatOfInt(parameters));
        return out.toArray();
    }

    static byte[] jpeg(int width, int height) {
        return encode(photo(width, height), ".jpg", Imgcodecs.IMWRITE_JPEG_QUALITY, 90);
    }

    static byte[] webp(int width, int height) {
        return encode(photo(width, height), ".webp", Imgcodecs.IMWRITE_WEBP_QUALITY, 90);
    }

    static byte[] png(int width, int height) {
        return encode(photo(width, height), ".png");
    }

    static Mat decodeByOpenCv(byte[] encoded) {
        return Imgcodecs.imdecode(new MatOfByte(encoded), Imgcodecs.IMREAD_COLOR | Imgcodecs.IMREAD_IGNORE_ORIENTATION);
    }

    static Mat decodeByJdk(byte[] encoded) {
        try {
            var read = ImageIO.read(new ByteArrayInputStream(encoded));
            var image = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
            image.getGraphics().drawImage(read, 0, 0, null);
            var mat = new Mat(image.getHeight(), image.getWidth(), CvType.CV_8UC3);
            mat.put(0, 0, ((DataBufferByte) image.getRaster().getDataBuffer()).getData());
            return mat;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the largest of the channels' mean absolute differences, in levels. */
    static double meanDifference(Mat one, Mat other) {
        var difference = new Mat();
        Core.absdiff(one, other, difference);
        return largest(Core.mean(difference));
    }

    /** Returns the largest of the channels' differences of means, in levels: a tint. */
    static double tint(Mat one, Mat other) {
        var first = Core.mean(one).val;
        var second = Core.mean(other).val;
        var tint = 0.0;
        for (var channel = 0; channel < 3; channel++) {
            tint = Math.max(tint, Math.abs(first[channel] - second[channel]));
        }
        return tint;
    }

    private static double largest(Scalar scalar) {
        return Math.max(scalar.val[0], Math.max(scalar.val[1], scalar.val[2]));
    }

    /** Returns a JPEG of four components, told apart by an Adobe marker. @param transform 0: CMYK, 2: YCCK */
    static byte[] fourComponentJpeg(int width, int height, int transform, int... samples) {
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                raster.setPixel(x, y, samples);
            }
        }
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        var adobe = ByteBuffer.allocate(12).put("Adobe".getBytes(StandardCharsets.US_ASCII));
        adobe.putShort((short) 100).putShort((short) 0).putShort((short) 0).put((byte) transform);
        return withSegment(out.toByteArray(), 0xEE, adobe.array());
    }

    /** Puts a segment right behind a JPEG's SOI. */
    static byte[] withSegment(byte[] jpeg, int marker, byte[] body) {
        return ByteBuffer.allocate(jpeg.length + body.length + 4)
                .put(jpeg, 0, 2)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (body.length + 2))
                .put(body)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    static byte[] tiffWithOrientation(int orientation, ByteOrder order) {
        return ByteBuffer.allocate(26)
                .order(order)
                .putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4D4D : 0x4949))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    static byte[] exif(int orientation, ByteOrder order) {
        return concatenate("Exif\0\0".getBytes(StandardCharsets.US_ASCII), tiffWithOrientation(orientation, order));
    }

    static byte[] pngOf(byte[]... chunks) {
        return concatenate(ByteBuffer.allocate(8).putLong(PngReader.SIGNATURE).array(), concatenate(chunks));
    }

    static byte[] pngHeader(int width, int height, int bits, int colorType) {
        var body = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) bits)
                .put((byte) colorType);
        return pngChunk("IHDR", body.array());
    }

    static byte[] pngChunk(String type, byte... body) {
        var typed = concatenate(type.getBytes(StandardCharsets.US_ASCII), body);
        var checksum = new CRC32();
        checksum.update(typed);
        return ByteBuffer.allocate(typed.length + 8)
                .putInt(body.length)
                .put(typed)
                .putInt((int) checksum.getValue())
                .array();
    }

    static byte[] deflate(byte... bytes) {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out, new Deflater(9))) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] webpOf(byte[]... chunks) {
        var body = concatenate(chunks);
        return ByteBuffer.allocate(body.length + 12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(body.length + 4)
                .put("WEBP".getBytes(StandardCharsets.US_ASCII))
                .put(body)
                .array();
    }

    static byte[] webpChunk(String type, byte... body) {
        return ByteBuffer.allocate(8 + body.length + (body.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .putInt(body.length)
                .put(body)
                .array();
    }

    static byte[] webpExtended(int flags, int width, int height) {
        var body = ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) flags)
                .position(4);
        body.putShort((short) (width - 1)).put((byte) ((width - 1) >> 16));
        body.putShort((short) (height - 1)).put((byte) ((height - 1) >> 16));
        return webpChunk("VP8X", body.array());
    }

    static byte[] concatenate(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
