package dev.tryon.vision;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_max_alloc;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.opencv.core.Mat;

/** What all uses of FFmpeg have in common. */
final class Ffmpeg {
    private static final long LARGEST_ALLOCATION_BYTES = 256L << 20;

    private Ffmpeg() {}

    /**
     * Loads the natives, and keeps them from writing about people's pictures to the standard error stream, and from
     * believing a header that promises billions of anything.
     */
    static void load() {
        av_log_set_level(AV_LOG_QUIET);
        av_max_alloc(LARGEST_ALLOCATION_BYTES);
    }

    /** Opens a context on the one thread that calls it. */
    static void open(AVCodecContext context, AVCodec codec) {
        context.thread_count(1);
        if (context.time_base().num() == 0) {
            context.time_base().num(1).den(25);
        }
        check(avcodec_open2(context, codec, (AVDictionary) null), "open");
    }

    /** Gives a frame, whose format and size are set, memory of its own. */
    static void allocate(AVFrame frame) {
        check(av_frame_get_buffer(frame, 0), "allocate");
    }

    /** Wraps a plane of 8 bits a channel, without a copy. @param type of OpenCV */
    static Mat plane(AVFrame frame, int index, int width, int height, int type) {
        var strideBytes = frame.linesize(index);
        var bytes = frame.data(index).capacity((long) strideBytes * height).asByteBuffer();
        return new Mat(height, width, type, bytes, strideBytes);
    }

    /** Throws if a call that is ours to get right has failed. */
    static void check(int result, String what) {
        if (result < 0) {
            throw new TryOnException(
                    ErrorCode.PROCESSING_FAILED,
                    "The picture could not be processed. Please try again.",
                    "FFmpeg failed to " + what + ": " + result);
        }
    }
}
