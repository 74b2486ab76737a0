package dev.tryon.nails;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.TryOnException;
import java.util.List;

/** A simple drawing of a hand, for the engine to try itself on. Thread-safe. */
final class DrawnHand {
    private static final double[] FINGER_X = {0.22, 0.36, 0.50, 0.64};
    private static final double[] FINGER_TOP = {0.34, 0.24, 0.20, 0.28};
    private static final double FINGER_HALF_WIDTH = 0.055;

    private DrawnHand() {}

    /** Returns the drawing, lying and standing: the shapes that cameras send. */
    static List<Frame> pictures() {
        return List.of(picture(640, 480), picture(480, 640));
    }

    /** Returns a hand of that size: four fingers with nails, before a wall. */
    static Frame picture(int width, int height) {
        var frame = Frame.allocate(width, height);
        var nails = nails(width, height);
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                paint(frame, x, y, nails);
            }
        }
        return frame;
    }

    /** Returns the nails that are drawn. */
    static List<NailShape> nails(int width, int height) {
        var side = Math.min(width, height);
        var shapes = new NailShape[FINGER_X.length];
        for (var finger = 0; finger < shapes.length; finger++) {
            shapes[finger] = NailShape.ellipse(
                    FINGER_X[finger] * width,
                    FINGER_TOP[finger] * height + 0.055 * side,
                    -Math.PI / 2,
                    0.105 * side,
                    0.075 * side);
        }
        return List.of(shapes);
    }

    /** Checks that an outcome of the drawing is one that a hand can have. */
    static void check(Outcome outcome) {
        switch (outcome) {
            case Outcome.Overlaid _ -> {}
            case Outcome.Painted _ -> throw failure("a whole picture came back where patches were due");
            case Outcome.Rejected(var code, var _) -> {
                if (code != ErrorCode.HAND_NOT_DETECTED) {
                    throw failure("a drawn hand was rejected as " + code);
                }
            }
        }
    }

    /** Paints the drawn nails and checks that paint arrives on each. */
    static void checkPainting(Polish polish) {
        try (var frame = picture(640, 480)) {
            var painter = new NailPainter();
            var scene = SceneLight.of(frame);
            for (var nail : nails(640, 480)) {
                var patch = painter.paint(frame, nail, polish, 1, 1, scene)
                        .orElseThrow(() -> failure("a nail inside the picture was not painted"));
                var middle = 4 * (patch.height() / 2 * patch.width() + patch.width() / 2);
                if (patch.pixels().get(middle + 3) == 0) {
                    throw failure("no paint in the middle of a nail");
                }
            }
        }
    }

    private static void paint(Frame frame, int x, int y, List<NailShape> nails) {
        var width = frame.width();
        var height = frame.height();
        var side = Math.min(width, height);
        var light = 0.85 + 0.3 * x / width - 0.1 * y / height;
        var nail = nails.stream().anyMatch(shape -> shape.contains(x + 0.5, y + 0.5));
        if (nail) {
            put(frame, x, y, 226 * light, 178 * light, 165 * light);
        } else if (onHand((double) x / width, (double) y / height, (double) side / width, (double) side / height)) {
            put(frame, x, y, 205 * light, 155 * light, 130 * light);
        } else {
            // A little grain, as a camera has: an even wall would be no picture.
            var grain = 8 * Noise.of(5, x, y);
            put(frame, x, y, 120 + grain, 130 + grain, 140 + grain);
        }
    }

    private static boolean onHand(double x, double y, double unitX, double unitY) {
        for (var finger = 0; finger < FINGER_X.length; finger++) {
            var across = Math.abs(x - FINGER_X[finger]) / unitX;
            var below = (y - FINGER_TOP[finger]) / unitY;
            if (below > 0 && across < FINGER_HALF_WIDTH * Math.min(1, Math.sqrt(below / FINGER_HALF_WIDTH))) {
                return true;
            }
        }
        return y > 0.62 && x > 0.14 && x < 0.74;
    }

    private static void put(Frame frame, int x, int y, double red, double green, double blue) {
        var at = y * frame.strideBytes() + x * Frame.CHANNELS;
        frame.pixels().put(at, (byte) Math.clamp(Math.round(blue), 0, 255));
        frame.pixels().put(at + 1, (byte) Math.clamp(Math.round(green), 0, 255));
        frame.pixels().put(at + 2, (byte) Math.clamp(Math.round(red), 0, 255));
    }

    private static TryOnException failure(String what) {
        return new TryOnException(ErrorCode.PROCESSING_FAILED, "Nails do not work on this server.", what);
    }
}
