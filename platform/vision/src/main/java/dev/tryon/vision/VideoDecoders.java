package dev.tryon.vision;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** The decoders that videos may ask for; no others are ever opened. */
final class VideoDecoders {
    /** Decoders work on whole blocks and keep an edge around each picture, in pixels a side with much to spare. */
    private static final int EDGES = 512;

    private VideoDecoders() {}

    /**
     * Opens a decoder on the thread that calls it.
     *
     * @param width that its pictures may have at most, in pixels; larger ones fail before they are allocated
     * @param height that its pictures may have at most, in pixels
     * @return a context that the caller frees
     * @throws dev.tryon.spi.TryOnException with INVALID_IMAGE if the codec is none of ours or refuses its parameters
     */
    static AVCodecContext open(AVCodecParameters parameters, AVRational timeBase, int width, int height) {
        var codec = avcodec_find_decoder_by_name(name(parameters.codec_id()));
        var context = avcodec_alloc_context3(codec);
        try {
            Ffmpeg.check(avcodec_parameters_to_context(context, parameters), "tell a decoder its parameters");
            context.pkt_timebase(timeBase);
            context.thread_count(1);
            context.max_pixels((width + (long) EDGES) * (height + (long) EDGES));
            if (avcodec_open2(context, codec, (AVDictionary) null) < 0) {
                throw InvalidVideos.unreadable("the decoder refuses its parameters");
            }
            return context;
        } catch (RuntimeException e) {
            avcodec_free_context(context);
            throw e;
        }
    }

    private static String name(int codec) {
        return switch (codec) {
            case AV_CODEC_ID_H264 -> "h264";
            case AV_CODEC_ID_HEVC -> "hevc";
            case AV_CODEC_ID_VP8 -> "vp8";
            case AV_CODEC_ID_VP9 -> "vp9";
            case AV_CODEC_ID_AV1 -> "libaom-av1";
            case AV_CODEC_ID_MJPEG -> "mjpeg";
            case AV_CODEC_ID_MPEG4 -> "mpeg4";
            default -> throw InvalidVideos.unreadable("codec " + codec);
        };
    }
}
