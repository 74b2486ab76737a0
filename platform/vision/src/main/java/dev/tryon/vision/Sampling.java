package dev.tryon.vision;

import dev.tryon.spi.Crop;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Tensor;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** Frames read into tensors, as networks want to see them: planes of red, green and blue, 0..1. Thread-safe. */
public final class Sampling {
    /**
     * Frame pixels between two bilinear samples from which on a finer raster is sampled and averaged: at this step a
     * bilinear sample damps what the new raster cannot hold about as much as an area average would.
     */
    private static final double COARSEST_STEP = 1.6;

    /** Samples per tensor pixel and axis; where more would be needed the frame is shrunk first. */
    private static final int MOST_SAMPLES = 4;

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
        var step = Math.max(crop.sideX() / width, crop.sideY() / height);
        var source = Pixels.mat(frame);
        var raster = new Mat();
        var shrunk = new Mat();
        try {
            if (step > MOST_SAMPLES * COARSEST_STEP) {
                var factor = MOST_SAMPLES * COARSEST_STEP / step;
                var size = new Size(
                        Math.max(1, Math.round(frame.width() * factor)),
                        Math.max(1, Math.round(frame.height() * factor)));
                Imgproc.resize(source, shrunk, size, 0, 0, Imgproc.INTER_AREA);
                source = shrunk;
            }
            var acrossScale = (double) source.cols() / frame.width();
            var downScale = (double) source.rows() / frame.height();
            var samples = Math.clamp((int) Math.ceil(step * acrossScale / COARSEST_STEP - 1e-9), 1, MOST_SAMPLES);
            var columns = samples * width;
            var rows = samples * height;
            var cos = Math.cos(crop.angleRadians());
            var sin = Math.sin(crop.angleRadians());
            var xByColumn = cos * crop.sideX() / columns * acrossScale;
            var xByRow = -sin * crop.sideY() / rows * acrossScale;
            var yByColumn = sin * crop.sideX() / columns * downScale;
            var yByRow = cos * crop.sideY() / rows * downScale;
            var map = new Mat(2, 3, CvType.CV_64F);
            map.put(
                    0,
                    0,
                    xByColumn,
                    xByRow,
                    crop.centerX() * acrossScale - 0.5 - xByColumn * (columns - 1) / 2 - xByRow * (rows - 1) / 2,
                    yByColumn,
                    yByRow,
                    crop.centerY() * downScale - 0.5 - yByColumn * (columns - 1) / 2 - yByRow * (rows - 1) / 2);
            Imgproc.warpAffine(
                    source,
                    raster,
                    map,
                    new Size(columns, rows),
                    Imgproc.INTER_LINEAR | Imgproc.WARP_INVERSE_MAP,
                    Core.BORDER_REPLICATE);
            map.release();
            if (samples > 1) {
                Imgproc.resize(raster, raster, new Size(width, height), 0, 0, Imgproc.INTER_AREA);
            }
            planes(raster, into, index);
        } finally {
            raster.release();
            shrunk.release();
        }
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
        var resized = new Mat();
        var samples = (int) Math.ceil(1 / scale / COARSEST_STEP - 1e-9);
        try {
            if (samples > MOST_SAMPLES) {
                Imgproc.resize(Pixels.mat(frame), resized, size, 0, 0, Imgproc.INTER_AREA);
            } else {
                var raster = new Size(samples * size.width, samples * size.height);
                Imgproc.resize(Pixels.mat(frame), resized, raster, 0, 0, Imgproc.INTER_LINEAR);
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
