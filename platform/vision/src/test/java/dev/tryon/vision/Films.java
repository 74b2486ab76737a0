package dev.tryon.vision;

import dev.tryon.spi.Frame;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.imgproc.Imgproc;

/** Films that tests make: a bright disc that crosses a dark ground, at 25 frames a second. */
final class Films {
    static final Duration DISTANCE = Duration.ofMillis(40);

    private Films() {}

    static ByteBuffer film(VideoCodec codec, int width, int height, int frames) {
        try (var writer = codec.writer(width, height, 25, 75)) {
            for (int number = 0; number < frames; number++) {
                write(writer, width, height, number, DISTANCE.multipliedBy(number));
            }
            return writer.finish();
        }
    }

    static void write(VideoWriter writer, int width, int height, int number, Duration at) {
        try (var frame = Frame.allocate(width, height)) {
            var pixels = Pixels.mat(frame);
            pixels.setTo(new Scalar(60, 40, 30));
            Imgproc.circle(pixels, new Point(10 + 5 * number, 0.25 * height), 8, new Scalar(80, 180, 240), -1);
            writer.write(frame, at);
        }
    }
}
