package dev.tryon.testkit;

import dev.tryon.spi.Frame;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureFormat;
import dev.tryon.vision.PictureLimits;
import dev.tryon.vision.Pixels;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * The frame codec beside OpenCV's and the JDK's own codecs: 640x480, one thread, colour conversion included; then the
 * video codec.
 *
 * <p>All subjects take turns on one picture, so that whatever else the machine does falls on all of them alike.
 */
final class CodecBench {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int QUALITY = 75;
    private static final int ROUNDS = 200;
    private static final int WARM_UP_ROUNDS = 60;
    private static final long SEED = 20260101;

    private CodecBench() {}

    /** One way of writing a picture into bytes and of reading it back. */
    private interface Codec {
        String subject();

        byte[] encode();

        /** Decodes, gives the pixels back at once. */
        void decode(byte[] encoded);
    }

    /** Measures all formats; takes about a minute. */
    static List<BenchRow> run() {
        Pixels.load();
        var rows = new ArrayList<BenchRow>();
        try (var codec = new FrameCodec();
                var frame = codec.allocate(WIDTH, HEIGHT)) {
            var picture = picture();
            picture.copyTo(Pixels.mat(frame));
            for (var format : PictureFormat.values()) {
                var subjects = new ArrayList<Codec>();
                subjects.add(new Ours(codec, frame, format));
                subjects.add(new OpenCv(picture, format));
                if (format != PictureFormat.WEBP) {
                    subjects.add(new Jdk(picture, format));
                }
                rows.addAll(measure(format, picture, subjects));
            }
            rows.addAll(VideoBench.run(picture));
        }
        return List.copyOf(rows);
    }

    private static List<BenchRow> measure(PictureFormat format, Mat picture, List<Codec> subjects) {
        var encoded = subjects.stream().map(Codec::encode).toList();
        var encodeNanos = new long[subjects.size()][ROUNDS];
        var decodeNanos = new long[subjects.size()][ROUNDS];
        var given = encoded.getFirst(); // everybody decodes the same bytes
        for (var round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            for (var index = 0; index < subjects.size(); index++) {
                var subject = subjects.get(index);
                var begin = System.nanoTime();
                subject.encode();
                var between = System.nanoTime();
                subject.decode(given);
                var end = System.nanoTime();
                if (round >= 0) {
                    encodeNanos[index][round] = between - begin;
                    decodeNanos[index][round] = end - between;
                }
            }
        }
        var rows = new ArrayList<BenchRow>();
        for (var index = 0; index < subjects.size(); index++) {
            var metrics = new LinkedHashMap<>(percentiles(encodeNanos[index]));
            metrics.put("bytes", (double) encoded.get(index).length);
            metrics.put("psnrDecibels", psnr(picture, encoded.get(index)));
            rows.add(new BenchRow(format.id() + " encode", subjects.get(index).subject(), metrics));
        }
        for (var index = 0; index < subjects.size(); index++) {
            var metrics = new LinkedHashMap<>(percentiles(decodeNanos[index]));
            metrics.put("bytes", (double) given.length);
            rows.add(new BenchRow(format.id() + " decode", subjects.get(index).subject(), metrics));
        }
        return rows;
    }

    /** Sorts times, and tells their middle and their slow end. */
    static Map<String, Double> percentiles(long[] nanos) {
        Arrays.sort(nanos);
        return Map.of("p50Millis", nanos[nanos.length / 2] / 1e6, "p95Millis", nanos[nanos.length * 95 / 100] / 1e6);
    }

    /** Compares what a neutral decoder (OpenCV's) makes of the bytes; 100 dB stands for no difference. */
    private static double psnr(Mat picture, byte[] encoded) {
        var decoded = Imgcodecs.imdecode(new MatOfByte(encoded), Imgcodecs.IMREAD_COLOR);
        return Math.min(100, Core.PSNR(picture, decoded));
    }

    /** Draws something like a photograph: slow gradients, cloudy and fine texture, a few edges. */
    private static Mat picture() {
        var fine = new Mat(HEIGHT, WIDTH, CvType.CV_32FC3);
        var random = new Random(SEED);
        var noise = new float[HEIGHT * WIDTH * 3];
        for (var index = 0; index < noise.length; index++) {
            noise[index] = (float) random.nextGaussian();
        }
        fine.put(0, 0, noise);
        var clouds = new Mat();
        Imgproc.GaussianBlur(fine, clouds, new Size(0, 0), 12);
        Imgproc.GaussianBlur(fine, fine, new Size(0, 0), 1.2);
        var picture = new Mat(HEIGHT, WIDTH, CvType.CV_32FC3, new Scalar(110, 120, 140));
        Imgproc.circle(picture, new Point(210, 220), 110, new Scalar(100, 130, 205), Imgproc.FILLED);
        Imgproc.ellipse(picture, new Point(430, 250), new Size(60, 170), 25, 0, 360, new Scalar(120, 150, 215), -1);
        Imgproc.rectangle(picture, new Point(300, 380), new Point(620, 460), new Scalar(60, 70, 80), Imgproc.FILLED);
        Imgproc.GaussianBlur(picture, picture, new Size(0, 0), 0.8);
        Core.scaleAdd(clouds, 400, picture, picture);
        Core.scaleAdd(fine, 10, picture, picture);
        picture.convertTo(picture, CvType.CV_8U);
        return picture;
    }

    private record Ours(FrameCodec codec, Frame frame, PictureFormat format) implements Codec {
        @Override
        public String subject() {
            return "tryon";
        }

        @Override
        public byte[] encode() {
            return codec.encode(frame, format, QUALITY);
        }

        @Override
        public void decode(byte[] encoded) {
            codec.decode(ByteBuffer.wrap(encoded), PictureLimits.LIVE).close();
        }
    }

    private record OpenCv(Mat picture, PictureFormat format) implements Codec {
        @Override
        public String subject() {
            return "OpenCV " + Core.VERSION;
        }

        @Override
        public byte[] encode() {
            var parameters =
                    switch (format) {
                        case JPEG -> new MatOfInt(Imgcodecs.IMWRITE_JPEG_QUALITY, QUALITY);
                        case WEBP -> new MatOfInt(Imgcodecs.IMWRITE_WEBP_QUALITY, QUALITY);
                        case PNG -> new MatOfInt(Imgcodecs.IMWRITE_PNG_COMPRESSION, 1);
                    };
            var out = new MatOfByte();
            Imgcodecs.imencode("." + format.id(), picture, out, parameters);
            var encoded = out.toArray();
            out.release();
            return encoded;
        }

        @Override
        public void decode(byte[] encoded) {
            var in = new MatOfByte(encoded);
            Imgcodecs.imdecode(in, Imgcodecs.IMREAD_COLOR).release();
            in.release();
        }
    }

    private record Jdk(BufferedImage image, PictureFormat format) implements Codec {
        Jdk(Mat picture, PictureFormat format) {
            this(new BufferedImage(picture.cols(), picture.rows(), BufferedImage.TYPE_3BYTE_BGR), format);
            picture.get(0, 0, ((DataBufferByte) image.getRaster().getDataBuffer()).getData());
        }

        @Override
        public String subject() {
            return "JDK " + Runtime.version().feature();
        }

        @Override
        public byte[] encode() {
            var writer = ImageIO.getImageWritersByFormatName(format.id()).next();
            var out = new ByteArrayOutputStream(1 << 16);
            try (var stream = new MemoryCacheImageOutputStream(out)) {
                var parameters = writer.getDefaultWriteParam();
                if (format == PictureFormat.JPEG) {
                    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                    parameters.setCompressionQuality(QUALITY / 100f);
                }
                writer.setOutput(stream);
                writer.write(null, new IIOImage(image, null, null), parameters);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                writer.dispose();
            }
            return out.toByteArray();
        }

        @Override
        public void decode(byte[] encoded) {
            try {
                ImageIO.read(new ByteArrayInputStream(encoded));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
