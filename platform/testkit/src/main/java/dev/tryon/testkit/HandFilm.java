package dev.tryon.testkit;

import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureFormat;
import dev.tryon.vision.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** A film of a rendered hand that sways before a camera: JPEGs of 640x480 that end where they began. */
public final class HandFilm {
    /** Of each picture, in pixels. */
    public static final int WIDTH = 640;

    /** Of each picture, in pixels. */
    public static final int HEIGHT = 480;

    /** Fingers as wide as this share of the picture's height: a hand held up to a camera. */
    private static final double CLOSE = 0.105;

    private static final int PICTURES = 48;

    private HandFilm() {}

    /** Returns the film's pictures. @param quality of the JPEGs, 1..100 */
    public static List<byte[]> pictures(int quality) {
        var pose = new HandPose(0.52, 0.93, CLOSE, 0, 0.16, HandPose.SKINS.get(1), 1);
        var renderer = new HandRenderer(WIDTH, HEIGHT, 1);
        var pictures = new ArrayList<byte[]>();
        try (var codec = new FrameCodec()) {
            for (int number = 0; number < PICTURES; number++) {
                try (var hand = renderer.render(pose.sway((double) number / PICTURES))) {
                    pictures.add(codec.encode(hand.picture(), PictureFormat.JPEG, quality));
                }
            }
        }
        return pictures;
    }

    /**
     * Returns a film of photographs, in the order of their names, each enlarged or shrunk to cover the picture and cut to it.
     *
     * @param quality of the JPEGs, 1..100
     */
    static List<byte[]> ofPhotographs(Path folder, int quality) {
        var pictures = new ArrayList<byte[]>();
        try (var codec = new FrameCodec();
                var picture = codec.allocate(WIDTH, HEIGHT)) {
            for (var file : NailsAccuracyBench.pictures(folder)) {
                try (var photograph = NailsAccuracyBench.read(codec, file)) {
                    var cover = Math.max((double) WIDTH / photograph.width(), (double) HEIGHT / photograph.height());
                    var turn = new Mat(2, 3, CvType.CV_64F);
                    turn.put(0, 0, cover, 0, 0.5 * (WIDTH - cover * photograph.width()));
                    turn.put(1, 0, 0, cover, 0.5 * (HEIGHT - cover * photograph.height()));
                    Imgproc.warpAffine(
                            Pixels.mat(photograph),
                            Pixels.mat(picture),
                            turn,
                            new Size(WIDTH, HEIGHT),
                            Imgproc.INTER_LINEAR);
                    turn.release();
                }
                pictures.add(codec.encode(picture, PictureFormat.JPEG, quality));
            }
        }
        return pictures;
    }

    /** Writes the film to the file that the only argument names, JPEG after JPEG, as Chromium's fake camera reads it. */
    public static void main(String[] arguments) throws IOException {
        try (var film = Files.newOutputStream(Path.of(arguments[0]))) {
            for (var picture : pictures(92)) {
                film.write(picture);
            }
        }
    }
}
