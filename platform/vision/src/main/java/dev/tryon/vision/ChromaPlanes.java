package dev.tryon.vision;

import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Luma and chroma planes to BGR by the matrices of ITU-T H.273, and back by that of ITU-R BT.601, chroma sited between its
 * pixels.
 *
 * <p>Done with OpenCV and not with FFmpeg's swscale, whose fast paths are off by half a level to one and a half and so
 * tint what passes through them, and whose exact path is slower.
 *
 * <p>Keeps its intermediate planes for the next picture: one thread at a time.
 */
final class ChromaPlanes implements AutoCloseable {
    /** Which levels stand for black and white. */
    enum Range {
        /** 0..255, as in JPEG (JFIF). */
        FULL,
        /** Luma 16..235, chroma 16..240, as in VP8 (RFC 6386, section 2). */
        VIDEO
    }

    /** How much red and blue weigh in luma. */
    enum Matrix {
        /** JPEG, VP8, and films of standard definition. */
        BT601(0.299, 0.114),
        /** Films of high definition. */
        BT709(0.2126, 0.0722),
        /** Films of ultra-high definition, with constant luminance or without. */
        BT2020(0.2627, 0.0593);

        private final double red;
        private final double blue;

        Matrix(double red, double blue) {
            this.red = red;
            this.blue = blue;
        }
    }

    private static final double LUMA_GAIN = 255.0 / 219;
    private static final double CHROMA_GAIN = 255.0 / 224;
    private static final double CHROMA_ZERO = 128;
    private static final double LUMA_BLACK = 16;

    private final Mat even = new Mat();
    private final Mat half = new Mat();
    private final Mat halfYcc = new Mat();
    private final Mat luma = new Mat();
    private final Mat first = new Mat();
    private final Mat second = new Mat();
    private final Mat ycc = new Mat();

    /**
     * Splits a picture into planes, chroma at half the size both ways, averaged over two by two pixels.
     *
     * @param bgr {@code CV_8UC3} of w x h
     * @param y of w x h, {@code CV_8UC1}, filled in place
     * @param cb of (w + 1) / 2 x (h + 1) / 2, filled in place
     * @param cr the same
     */
    void split(Mat bgr, Range range, Mat y, Mat cb, Mat cr) {
        var evenBgr = bgr;
        if ((bgr.cols() & 1) + (bgr.rows() & 1) > 0) {
            Core.copyMakeBorder(bgr, even, 0, bgr.rows() & 1, 0, bgr.cols() & 1, Core.BORDER_REPLICATE);
            evenBgr = even;
        }
        Imgproc.resize(evenBgr, half, cb.size(), 0, 0, Imgproc.INTER_AREA);
        Imgproc.cvtColor(half, halfYcc, Imgproc.COLOR_BGR2YCrCb);
        switch (range) {
            case FULL -> {
                Imgproc.cvtColor(bgr, y, Imgproc.COLOR_BGR2GRAY);
                Core.extractChannel(halfYcc, cr, 1);
                Core.extractChannel(halfYcc, cb, 2);
            }
            case VIDEO -> {
                Imgproc.cvtColor(bgr, luma, Imgproc.COLOR_BGR2GRAY);
                luma.convertTo(y, CvType.CV_8U, 1 / LUMA_GAIN, LUMA_BLACK);
                Core.extractChannel(halfYcc, first, 1);
                Core.extractChannel(halfYcc, second, 2);
                first.convertTo(cr, CvType.CV_8U, 1 / CHROMA_GAIN, CHROMA_ZERO - CHROMA_ZERO / CHROMA_GAIN);
                second.convertTo(cb, CvType.CV_8U, 1 / CHROMA_GAIN, CHROMA_ZERO - CHROMA_ZERO / CHROMA_GAIN);
            }
        }
    }

    /**
     * Joins planes into a picture; chroma is interpolated linearly, as libjpeg does ("fancy upsampling").
     *
     * @param y of w x h
     * @param cb of w or (w + 1) / 2 by h or (h + 1) / 2
     * @param cr the same
     * @param bgr of w x h, {@code CV_8UC3}, filled in place
     */
    void join(Mat y, Mat cb, Mat cr, Range range, Matrix matrix, Mat bgr) {
        Core.merge(List.of(y, enlarge(cr, y, first), enlarge(cb, y, second)), ycc);
        if (range == Range.FULL && matrix == Matrix.BT601) {
            Imgproc.cvtColor(ycc, bgr, Imgproc.COLOR_YCrCb2BGR);
            return;
        }
        var toBgr = toBgr(range, matrix);
        try {
            Core.transform(ycc, bgr, toBgr);
        } finally {
            toBgr.release();
        }
    }

    /** Returns the 3x4 matrix from luma, red and blue difference, and one, to blue, green and red (ITU-T H.273, section 8.3). */
    private static Mat toBgr(Range range, Matrix matrix) {
        var luma = range == Range.VIDEO ? LUMA_GAIN : 1;
        var chroma = range == Range.VIDEO ? CHROMA_GAIN : 1;
        var black = range == Range.VIDEO ? LUMA_BLACK : 0;
        var green = 1 - matrix.red - matrix.blue;
        var redOfCr = chroma * 2 * (1 - matrix.red);
        var blueOfCb = chroma * 2 * (1 - matrix.blue);
        var rows = new double[][] {
            {luma, 0, blueOfCb, 0},
            {luma, -redOfCr * matrix.red / green, -blueOfCb * matrix.blue / green, 0},
            {luma, redOfCr, 0, 0}
        };
        var toBgr = new Mat(3, 4, CvType.CV_32F);
        for (int row = 0; row < rows.length; row++) {
            var ofRow = rows[row];
            ofRow[3] = -luma * black - CHROMA_ZERO * (ofRow[1] + ofRow[2]);
            toBgr.put(row, 0, ofRow);
        }
        return toBgr;
    }

    private static Mat enlarge(Mat chroma, Mat y, Mat into) {
        if (chroma.cols() == y.cols() && chroma.rows() == y.rows()) {
            return chroma;
        }
        var across = chroma.cols() < y.cols() ? 2 : 1;
        var down = chroma.rows() < y.rows() ? 2 : 1;
        Imgproc.resize(
                chroma, into, new Size(across * chroma.cols(), down * chroma.rows()), 0, 0, Imgproc.INTER_LINEAR);
        return into.submat(0, y.rows(), 0, y.cols());
    }

    @Override
    public void close() {
        for (var plane : List.of(even, half, halfYcc, luma, first, second, ycc)) {
            plane.release();
        }
    }
}
