package dev.tryon.fabric;

import dev.tryon.spi.Frame;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureFormat;
import dev.tryon.vision.Pixels;
import java.nio.ByteBuffer;
import java.util.Random;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** Pictures that people send by mistake, and cloth in odd files; BGR, {@code CV_8UC3}, drawn. */
final class OddPictures {
    private static final Scalar SKIN = new Scalar(140, 170, 215);
    private static final int QUALITY = 92;

    private OddPictures() {}

    /** A hand: a palm and five fingers before a wall. */
    static Mat hand() {
        var picture = canvas(800, 600, new Scalar(190, 196, 200));
        Imgproc.ellipse(picture, new Point(400, 380), new Size(90, 110), 0, 0, 360, SKIN, Imgproc.FILLED);
        for (var finger = 0; finger < 5; finger++) {
            var tip = new Point(250 + 75 * finger, 130 + 18 * Math.abs(finger - 2.5) * Math.abs(finger - 2.5));
            Imgproc.line(picture, new Point(340 + 30 * finger, 340), tip, SKIN, 36);
        }
        return grain(picture);
    }

    /** A sky that grows paler towards the horizon. */
    static Mat sky() {
        var picture = canvas(800, 600, new Scalar(0, 0, 0));
        for (var y = 0; y < 600; y++) {
            picture.row(y).setTo(new Scalar(250 - 0.05 * y, 150 + 0.15 * y, 80 + 0.25 * y));
        }
        return grain(picture);
    }

    /** A printed page that fills the picture. */
    static Mat page() {
        var picture = canvas(800, 600, new Scalar(238, 240, 242));
        Imgproc.putText(
                picture,
                "Chapter one",
                new Point(220, 70),
                Imgproc.FONT_HERSHEY_TRIPLEX,
                1.4,
                new Scalar(20, 20, 20),
                2);
        for (var line = 0; line < 7; line++) {
            Imgproc.putText(
                    picture,
                    "It was late when they came home, and " + line,
                    new Point(60, 130 + 30 * line),
                    Imgproc.FONT_HERSHEY_SIMPLEX,
                    0.8,
                    new Scalar(30, 30, 30),
                    1);
        }
        return grain(picture);
    }

    /** Something like a face. */
    static Mat face() {
        var picture = canvas(800, 600, new Scalar(90, 120, 70));
        Imgproc.ellipse(picture, new Point(400, 300), new Size(150, 210), 0, 0, 360, SKIN, Imgproc.FILLED);
        Imgproc.ellipse(picture, new Point(400, 130), new Size(160, 90), 0, 180, 360, new Scalar(20, 30, 50), 40);
        for (var x : new int[] {340, 460}) {
            Imgproc.circle(picture, new Point(x, 270), 16, new Scalar(60, 50, 40), Imgproc.FILLED);
        }
        Imgproc.ellipse(picture, new Point(400, 400), new Size(60, 20), 0, 0, 180, new Scalar(60, 60, 170), 8);
        return grain(picture);
    }

    /** One colour all over. */
    static Mat wall() {
        return canvas(800, 600, new Scalar(150, 160, 170));
    }

    /** Cloth of crossing waves on a table. */
    static Mat cloth(int width, int height) {
        var picture = canvas(width, height, new Scalar(205, 208, 210));
        var within = picture.submat(height / 6, height - height / 6, width / 5, width - width / 5);
        within.setTo(new Scalar(90, 70, 60));
        var period = 16;
        for (var y = 0; y < within.rows(); y++) {
            for (var x = 0; x < within.cols(); x++) {
                var wave = 26 * Math.sin(2 * Math.PI * x / period) * Math.cos(2 * Math.PI * y / period);
                within.put(y, x, new byte[] {(byte) (110 + wave), (byte) (80 + wave), (byte) (64 + wave)});
            }
        }
        return grain(picture);
    }

    /** The same cloth, with a lamp mirrored in nearly all of it. */
    static Mat burntOut() {
        var picture = cloth(800, 600);
        picture.submat(100, 500, 160, 520).setTo(Scalar.all(255));
        return picture;
    }

    /** Returns a picture as the engine gets it. */
    static Frame frame(Mat picture) {
        var frame = Frame.allocate(picture.cols(), picture.rows());
        picture.copyTo(Pixels.mat(frame));
        return frame;
    }

    static byte[] jpeg(FrameCodec codec, Mat picture) {
        try (var frame = frame(picture)) {
            return codec.encode(frame, PictureFormat.JPEG, QUALITY);
        }
    }

    /** Returns a PNG of any kind of pixels. */
    static byte[] png(Mat picture) {
        var bytes = new MatOfByte();
        Imgcodecs.imencode(".png", picture, bytes);
        return bytes.toArray();
    }

    /** Returns the cloth cut out: what is table is transparent. */
    static byte[] cutOut(Mat picture) {
        var alpha = Mat.zeros(picture.size(), CvType.CV_8U);
        var height = picture.rows();
        var width = picture.cols();
        alpha.submat(height / 6, height - height / 6, width / 5, width - width / 5)
                .setTo(Scalar.all(255));
        var bgra = new Mat();
        Imgproc.cvtColor(picture, bgra, Imgproc.COLOR_BGR2BGRA);
        Core.insertChannel(alpha, bgra, 3);
        return png(bgra);
    }

    /** Returns a JPEG that says by EXIF that it is to be turned by a quarter to the right. */
    static byte[] turned(byte[] jpeg) {
        var exif = new byte[] {
            (byte) 0xFF,
            (byte) 0xE1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            6,
            0,
            0,
            0,
            0,
            0,
            0
        };
        return ByteBuffer.allocate(jpeg.length + exif.length)
                .put(jpeg, 0, 2)
                .put(exif)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    private static Mat canvas(int width, int height, Scalar color) {
        return new Mat(height, width, CvType.CV_8UC3, color);
    }

    /** Adds what a sensor adds. */
    private static Mat grain(Mat picture) {
        var random = new Random(4);
        var bytes = new byte[3 * picture.cols() * picture.rows()];
        picture.get(0, 0, bytes);
        for (var at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) Math.clamp(Math.round((bytes[at] & 0xFF) + 1.5 * random.nextGaussian()), 0, 255);
        }
        picture.put(0, 0, bytes);
        return picture;
    }
}
