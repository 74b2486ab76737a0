package dev.tryon.testkit;

import dev.tryon.spi.Frame;
import dev.tryon.vision.Pixels;
import dev.tryon.vision.VideoCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** The video codec, frame by frame on one thread, colour conversion included: a window that wanders over a picture. */
final class VideoBench {
    private static final int QUALITY = 75;
    private static final int FRAMES = 150;
    private static final int FRAMES_PER_SECOND = 25;
    private static final int WAY_PIXELS = 64;
    private static final List<Size> SIZES = List.of(new Size(640, 480), new Size(1280, 720));

    private VideoBench() {}

    /** Measures writing and reading in both sizes; takes half a minute. */
    static List<BenchRow> run(Mat picture) {
        var rows = new ArrayList<BenchRow>();
        try (var codec = new VideoCodec()) {
            for (var size : SIZES) {
                var scene = new Mat();
                Imgproc.resize(picture, scene, new Size(size.width + WAY_PIXELS, size.height + WAY_PIXELS));
                rows.addAll(measure(codec, scene, (int) size.width, (int) size.height));
                scene.release();
            }
        }
        return List.copyOf(rows);
    }

    private static List<BenchRow> measure(VideoCodec codec, Mat scene, int width, int height) {
        var writeNanos = new long[FRAMES];
        var readNanos = new long[FRAMES];
        ByteBuffer film;
        try (var writer = codec.writer(width, height, FRAMES_PER_SECOND, QUALITY);
                var frame = Frame.allocate(width, height)) {
            for (int number = 0; number < FRAMES; number++) {
                window(scene, number, width, height).copyTo(Pixels.mat(frame));
                var begin = System.nanoTime();
                writer.write(frame, Duration.ofMillis(1000L / FRAMES_PER_SECOND * number));
                writeNanos[number] = System.nanoTime() - begin;
            }
            film = writer.finish();
        }
        double decibels = 0;
        try (var reader = codec.open(film)) {
            for (int number = 0; number < FRAMES; number++) {
                var begin = System.nanoTime();
                try (var frame = reader.next().orElseThrow()) {
                    readNanos[number] = System.nanoTime() - begin;
                    decibels += Core.PSNR(window(scene, number, width, height), Pixels.mat(frame)) / FRAMES;
                }
            }
        }
        var size = width + "x" + height;
        var written = new LinkedHashMap<>(CodecBench.percentiles(writeNanos));
        written.put("bytes", (double) film.remaining() / FRAMES);
        written.put("psnrDecibels", decibels);
        var read = new LinkedHashMap<>(CodecBench.percentiles(readNanos));
        read.put("bytes", (double) film.remaining() / FRAMES);
        return List.of(
                new BenchRow("video encode " + size, "tryon", written),
                new BenchRow("video decode " + size, "tryon", read));
    }

    /** There and back along the diagonal, two pixels a frame. */
    private static Mat window(Mat scene, int number, int width, int height) {
        var way = 2 * number % (2 * WAY_PIXELS);
        var at = Math.min(way, 2 * WAY_PIXELS - way);
        return scene.submat(new Rect(at, at, width, height));
    }
}
