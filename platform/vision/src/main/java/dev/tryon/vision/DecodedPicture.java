package dev.tryon.vision;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PLANAR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import dev.tryon.vision.ChromaPlanes.Matrix;
import dev.tryon.vision.ChromaPlanes.Range;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/**
 * What FFmpeg's decoders hand out, as BGR: luma alone or with two planes of chroma, of 8 to 16 bits, which are rounded to 8.
 *
 * <p>Keeps its intermediate planes for the next picture: one thread at a time.
 */
final class DecodedPicture implements AutoCloseable {
    private static final int GREY = 128;

    private final ChromaPlanes planes = new ChromaPlanes();
    private final List<Mat> rounded = List.of(new Mat(), new Mat(), new Mat());
    private final Mat noChroma = new Mat();

    /** Returns whether {@link #convert} knows a pixel format. */
    static boolean converts(int format) {
        var description = av_pix_fmt_desc_get(format);
        return description != null
                && (description.nb_components() == 1 || description.nb_components() == 3)
                && (description.nb_components() == 1 || (description.flags() & AV_PIX_FMT_FLAG_PLANAR) != 0)
                && (description.flags() & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_BE)) == 0
                && description.comp(0).depth() >= 8
                && description.log2_chroma_w() <= 1
                && description.log2_chroma_h() <= 1;
    }

    /**
     * Converts a picture.
     *
     * @param decoded of a format that {@link #converts} knows
     * @param bgr {@code CV_8UC3} of the picture's size, filled in place
     */
    void convert(AVFrame decoded, Range range, Matrix matrix, Mat bgr) {
        var description = av_pix_fmt_desc_get(decoded.format());
        var width = bgr.cols();
        var height = bgr.rows();
        var y = plane(decoded, 0, width, height, description);
        if (description.nb_components() == 1) {
            noChroma.create(height, width, CvType.CV_8UC1);
            noChroma.setTo(new Scalar(GREY));
            planes.join(y, noChroma, noChroma, range, matrix, bgr);
            return;
        }
        var chromaWidth = -(-width >> description.log2_chroma_w());
        var chromaHeight = -(-height >> description.log2_chroma_h());
        planes.join(
                y,
                plane(decoded, 1, chromaWidth, chromaHeight, description),
                plane(decoded, 2, chromaWidth, chromaHeight, description),
                range,
                matrix,
                bgr);
    }

    private Mat plane(AVFrame decoded, int index, int width, int height, AVPixFmtDescriptor description) {
        var depth = description.comp(index).depth();
        if (depth == 8) {
            return Ffmpeg.plane(decoded, index, width, height, CvType.CV_8UC1);
        }
        var deep = Ffmpeg.plane(decoded, index, width, height, CvType.CV_16UC1);
        deep.convertTo(rounded.get(index), CvType.CV_8U, 1.0 / (1 << (depth - 8)));
        return rounded.get(index);
    }

    @Override
    public void close() {
        planes.close();
        noChroma.release();
        rounded.forEach(Mat::release);
    }
}
