package dev.tryon.vision;

import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.javacpp.ShortPointer;

/**
 * What a quality number means to a JPEG encoder: the tables of ITU-T T.81, annex K.1, scaled as libjpeg scales them.
 *
 * <p>FFmpeg's encoder multiplies its matrices by an eighth of its quantiser scale, so that a scale of eight uses them as
 * they are. The mean of a block (DC) it always divides by eight, which is libjpeg's own value at quality 75.
 */
final class JpegTables {
    private static final int SCALE = 8;

    // spotless:off
    private static final int[] LUMA = {
        16, 11, 10, 16, 24, 40, 51, 61,
        12, 12, 14, 19, 26, 58, 60, 55,
        14, 13, 16, 24, 40, 57, 69, 56,
        14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77,
        24, 35, 55, 64, 81, 104, 113, 92,
        49, 64, 78, 87, 103, 121, 120, 101,
        72, 92, 95, 98, 112, 100, 103, 99,
    };
    private static final int[] CHROMA = {
        17, 18, 24, 47, 99, 99, 99, 99,
        18, 21, 26, 66, 99, 99, 99, 99,
        24, 26, 56, 99, 99, 99, 99, 99,
        47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
    };
    // spotless:on

    private JpegTables() {}

    /** Sets an encoder, not yet open, to a quality of 1..100. */
    static void apply(AVCodecContext context, int quality) {
        context.global_quality(SCALE * FF_QP2LAMBDA);
        context.qmin(SCALE);
        context.qmax(SCALE);
        context.intra_matrix(matrix(LUMA, quality));
        context.chroma_intra_matrix(matrix(CHROMA, quality));
    }

    /** Returns a scaled table in memory that the context frees with itself. */
    private static ShortPointer matrix(int[] base, int quality) {
        var percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        var matrix = new ShortPointer(av_malloc((long) base.length * Short.BYTES));
        for (var index = 0; index < base.length; index++) {
            matrix.put(index, (short) Math.clamp((base[index] * percent + 50) / 100, 1, 255));
        }
        return matrix;
    }
}
