package dev.tryon.vision;

import dev.tryon.spi.Crop;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Tensor;
import java.lang.foreign.Arena;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** Frames read into tensors, as networks want to see them: planes of red, green and blue, 0..1. Thread-safe. */
public final class Sampling {
    private Sampling() {}

    /**
     * Fills one item of a batch with a part of a frame: bilinear, averaged over areas when shrinking by more than 1.6.
     *
     * @param into {@code float32[batch][3][H][W]}, RGB 0..1
     * @param index of the item, 0..batch-1
     */
    public static void fill(Frame frame, Crop crop, Tensor into, int index) {
        var width = into.size(3);
        var height = into.size(2);
        var raster = Raster.of(frame.width(), frame.height(), crop, width, height);
        if (raster.reads(frame)) {
            fill(frame, raster, into, index);
        } else {
            try (var smaller = shrunk(frame, raster)) {
                fill(smaller, raster, into, index);
            }
        }
    }

    private static void fill(Frame source, Raster raster, Tensor into, int index) {
        var width = into.size(3);
        var height = into.size(2);
        var samples = raster.samples();
        var pixels = Pixels.mat(source);
        var picture = new Mat();
        var map = new Mat(2, 3, CvType.CV_64F);
        try {
            map.put(
                    0,
                    0,
                    raster.xByColumn(),
                    raster.xByRow(),
                    raster.x(),
                    raster.yByColumn(),
                    raster.yByRow(),
                    raster.y());
            Imgproc.warpAffine(
                    pixels,
                    picture,
                    map,
                    new Size(samples * width, samples * height),
                    Imgproc.INTER_LINEAR | Imgproc.WARP_INVERSE_MAP,
                    Core.BORDER_REPLICATE);
            if (samples > 1) {
                Imgproc.resize(picture, picture, new Size(width, height), 0, 0, Imgproc.INTER_AREA);
            }
            planes(picture, into, index);
        } finally {
            map.release();
            picture.release();
        }
    }

    /**
     * Returns the smaller copy of a frame that a raster is read from: averaged over areas.
     *
     * @return to be closed by the caller
     */
    public static Frame shrunk(Frame frame, Raster raster) {
        var width = raster.sourceWidth();
        var height = raster.sourceHeight();
        var arena = Arena.ofShared();
        var pixels = arena.allocate((long) Frame.CHANNELS * width * height).asByteBuffer();
        var smaller = new Frame(width, height, Frame.CHANNELS * width, pixels, arena::close);
        Imgproc.resize(Pixels.mat(frame), Pixels.mat(smaller), new Size(width, height), 0, 0, Imgproc.INTER_AREA);
        return smaller;
    }

    /**
     * Shrinks or grows a whole frame into the top left of a batch of one; the rest is zeros. Bilinear; averaged over
     * areas when shrinking by more than 1.6.
     *
     * @param longSide the frame's longer side in tensor pixels
     * @param into {@code float32[1][3][H][W]}, RGB 0..1; large enough
     * @return tensor pixels per frame pixel
     */
    public static double letterbox(Frame frame, int longSide, Tensor into) {
        var scale = (double) longSide / Math.max(frame.width(), frame.height());
        var size = new Size(
                Math.max(1, Math.round(frame.width() * scale)), Math.max(1, Math.round(frame.height() * scale)));
        var pixels = Pixels.mat(frame);
        var resized = new Mat();
        var samples = (int) Math.ceil(1 / scale / Raster.COARSEST_STEP - 1e-9);
        try {
            if (samples > Raster.MOST_SAMPLES) {
                Imgproc.resize(pixels, resized, size, 0, 0, Imgproc.INTER_AREA);
            } else {
                var raster = new Size(samples * size.width, samples * size.height);
                Imgproc.resize(pixels, resized, raster, 0, 0, Imgproc.INTER_LINEAR);
                if (samples > 1) {
                    Imgproc.resize(resized, resized, size, 0, 0, Imgproc.INTER_AREA);
                }
            }
            planes(resized, into, 0);
        } finally {
            resized.release();
        }
        return scale;
    }

    /** Spreads a BGR picture over the top left of an item's planes and clears the rest. */
    private static void planes(Mat bgr, Tensor into, int index) {
        var height = into.size(2);
        var width = into.size(3);
        if (bgr.rows() > height || bgr.cols() > width) {
            throw new IllegalArgumentException("the tensor is smaller than the picture to put in it");
        }
        var planeBytes = height * width * Float.BYTES;
        var channel = new Mat();
        for (var color = 0; color < Frame.CHANNELS; color++) {
            var at = (Frame.CHANNELS * index + color) * planeBytes;
            var plane = new Mat(height, width, CvType.CV_32F, into.bytes().slice(at, planeBytes));
            if (bgr.cols() < width) {
                plane.submat(0, height, bgr.cols(), width).setTo(Scalar.all(0));
            }
            if (bgr.rows() < height) {
                plane.submat(bgr.rows(), height, 0, bgr.cols()).setTo(Scalar.all(0));
            }
            Core.extractChannel(bgr, channel, 2 - color);
            channel.convertTo(plane.submat(0, bgr.rows(), 0, bgr.cols()), CvType.CV_32F, 1.0 / 255);
        }
        channel.release();
    }
}
