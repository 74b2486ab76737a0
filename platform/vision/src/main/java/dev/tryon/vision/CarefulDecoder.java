package dev.tryon.vision;

import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * OpenCV's decoders, for every picture but plain JPEG: WebP, PNG, and JPEG in CMYK and other unusual kinds.
 *
 * <p>Sixteen bits are rounded to eight, transparency is laid on white. Thread-safe.
 */
final class CarefulDecoder {
    private CarefulDecoder() {}

    /**
     * Decodes a picture.
     *
     * @param essentials checked by the format's reader
     * @param bgr {@code CV_8UC3} of the size in the header, filled in place
     * @throws dev.tryon.spi.TryOnException with INVALID_IMAGE
     */
    static void decode(byte[] essentials, PictureFormat format, Mat bgr) {
        var mode =
                switch (format) {
                    case JPEG -> Imgcodecs.IMREAD_COLOR | Imgcodecs.IMREAD_IGNORE_ORIENTATION;
                    case WEBP, PNG -> Imgcodecs.IMREAD_UNCHANGED;
                };
        var encoded = new MatOfByte(essentials);
        var decoded = new Mat();
        var eightBits = new Mat();
        try {
            decoded = Imgcodecs.imdecode(encoded, mode);
            if (decoded.empty()) {
                throw InvalidPictures.unreadable("OpenCV cannot decode it");
            }
            if (decoded.cols() != bgr.cols() || decoded.rows() != bgr.rows()) {
                throw InvalidPictures.unreadable("decoded size is not the header's");
            }
            var pixels = decoded;
            if (decoded.depth() == CvType.CV_16U) {
                decoded.convertTo(eightBits, CvType.CV_8U, 1.0 / 257);
                pixels = eightBits;
            }
            switch (pixels.channels()) {
                case 1 -> Imgproc.cvtColor(pixels, bgr, Imgproc.COLOR_GRAY2BGR);
                case 3 -> pixels.copyTo(bgr);
                case 4 -> layOnWhite(pixels, bgr);
                default -> throw InvalidPictures.unreadable(pixels.channels() + " channels");
            }
        } catch (CvException e) {
            throw InvalidPictures.unreadable("OpenCV refuses it");
        } finally {
            encoded.release();
            decoded.release();
            eightBits.release();
        }
    }

    /** Draws BGRA with straight alpha over white: white + (colour - white) * alpha. */
    private static void layOnWhite(Mat bgra, Mat bgr) {
        var white = new Mat(bgr.size(), bgr.type(), Scalar.all(255));
        var alpha = new Mat();
        var cover = new Mat();
        var inverse = new Mat();
        try {
            Core.extractChannel(bgra, alpha, 3);
            Imgproc.cvtColor(bgra, bgr, Imgproc.COLOR_BGRA2BGR);
            Imgproc.cvtColor(alpha, cover, Imgproc.COLOR_GRAY2BGR);
            Core.subtract(white, bgr, inverse);
            Core.multiply(inverse, cover, inverse, 1.0 / 255);
            Core.subtract(white, inverse, bgr);
        } finally {
            white.release();
            alpha.release();
            cover.release();
            inverse.release();
        }
    }
}
