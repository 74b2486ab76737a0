package dev.tryon.vision;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_CL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import dev.tryon.spi.Frame;
import dev.tryon.vision.ChromaPlanes.Matrix;
import dev.tryon.vision.ChromaPlanes.Range;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * The pictures of a video, one after the other, upright.
 *
 * <p>H.264, HEVC, VP8, VP9, AV1, MJPEG and MPEG-4 are decoded, each on the thread that asks. Ten bits are rounded to
 * eight and high dynamic range is not mapped. A damaged picture ends the reading with an error. One thread at a time.
 */
public final class VideoReader implements AutoCloseable {
    /** Films without a word about their colours are of high definition from this height on, as browsers take it. */
    private static final int HIGH_DEFINITION_ROWS = 720;

    private final VideoInfo info;
    private final VideoFile file;
    private final FramePool frames;
    private final Orientation orientation;
    private final AVCodecContext decoder;
    private final AVPacket packet;
    private final AVFrame decoded;
    private final DecodedPicture picture = new DecodedPicture();
    private final Mat stored = new Mat();
    private boolean drained;
    private long firstTicks = AV_NOPTS_VALUE;
    private Duration at = Duration.ZERO;
    private int delivered;

    /** Takes over the file, which is closed with the reader, also if this fails. */
    VideoReader(VideoFile file, VideoInfo info, FramePool frames) {
        this.file = file;
        this.info = info;
        this.frames = frames;
        this.orientation = file.orientation();
        try {
            this.decoder = VideoDecoders.open(file.parameters(), file.timeBase(), info.width(), info.height());
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
        this.packet = av_packet_alloc();
        this.decoded = av_frame_alloc();
    }

    /** Returns what the file holds. */
    public VideoInfo info() {
        return info;
    }

    /**
     * Decodes the next picture.
     *
     * @return a frame of the size that {@link #info} tells, which the caller closes; nothing after the last
     * @throws dev.tryon.spi.TryOnException with INVALID_IMAGE if it is damaged
     */
    public Optional<Frame> next() {
        while (true) {
            var result = avcodec_receive_frame(decoder, decoded);
            if (result >= 0) {
                try {
                    return Optional.of(frame());
                } finally {
                    av_frame_unref(decoded);
                }
            }
            if (result == AVERROR_EOF) {
                if (delivered == 0) {
                    throw InvalidVideos.unreadable("no picture can be decoded");
                }
                return Optional.empty();
            }
            if (result != AVERROR_EAGAIN()) {
                throw InvalidVideos.unreadable("the decoder failed: " + result);
            }
            feed();
        }
    }

    /** Returns when the frame that {@link #next} returned last is shown, counted from the first; growing. */
    public Duration at() {
        return at;
    }

    private void feed() {
        if (drained) {
            throw InvalidVideos.unreadable("the decoder wants more than there is");
        }
        try {
            drained = !file.next(packet);
            if (avcodec_send_packet(decoder, drained ? null : packet) < 0) {
                throw InvalidVideos.unreadable("a picture is damaged");
            }
        } finally {
            av_packet_unref(packet);
        }
    }

    private Frame frame() {
        var swaps = orientation.swapsSides();
        var width = swaps ? info.height() : info.width();
        var height = swaps ? info.width() : info.height();
        if (decoded.width() != width || decoded.height() != height) {
            throw InvalidVideos.unreadable("decoded size is not the header's");
        }
        if (decoded.decode_error_flags() != 0 || (decoded.flags() & AV_FRAME_FLAG_CORRUPT) != 0) {
            throw InvalidVideos.unreadable("a picture was decoded with errors");
        }
        if (!DecodedPicture.converts(decoded.format())) {
            throw InvalidVideos.unreadable("pixel format " + decoded.format());
        }
        if (++delivered > info.frames()) {
            throw InvalidVideos.unreadable("more pictures than packets");
        }
        at = time();
        var frame = frames.lend(info.width(), info.height());
        try {
            if (orientation == Orientation.UPRIGHT) {
                picture.convert(decoded, range(), matrix(), Pixels.mat(frame));
            } else {
                stored.create(height, width, CvType.CV_8UC3);
                picture.convert(decoded, range(), matrix(), stored);
                orientation.apply(stored, Pixels.mat(frame));
            }
            return frame;
        } catch (RuntimeException | Error e) {
            frame.close();
            throw e;
        }
    }

    /** Where the file tells no time, or one that does not grow, the average distance is put after the frame before. */
    private Duration time() {
        var ticks = decoded.best_effort_timestamp();
        if (delivered == 1) {
            firstTicks = ticks;
            return Duration.ZERO;
        }
        if (ticks != AV_NOPTS_VALUE && firstTicks != AV_NOPTS_VALUE) {
            var base = file.timeBase();
            var told = Duration.ofNanos(Math.round(1e9 * base.num() / base.den() * (ticks - firstTicks)));
            if (told.compareTo(at) > 0) {
                return told;
            }
        }
        return at.plusNanos(Math.round(1e9 / info.framesPerSecond()));
    }

    private Range range() {
        return decoded.color_range() == AVCOL_RANGE_JPEG
                        || (decoded.color_range() == AVCOL_RANGE_UNSPECIFIED && isJpeg())
                ? Range.FULL
                : Range.VIDEO;
    }

    private Matrix matrix() {
        var space = decoded.colorspace();
        if (space == AVCOL_SPC_BT709) {
            return Matrix.BT709;
        }
        if (space == AVCOL_SPC_BT2020_NCL || space == AVCOL_SPC_BT2020_CL) {
            return Matrix.BT2020;
        }
        var silent = space == AVCOL_SPC_UNSPECIFIED && !isJpeg();
        return silent && decoded.height() >= HIGH_DEFINITION_ROWS ? Matrix.BT709 : Matrix.BT601;
    }

    private boolean isJpeg() {
        return decoder.codec_id() == AV_CODEC_ID_MJPEG;
    }

    @Override
    public void close() {
        stored.release();
        picture.close();
        av_frame_free(decoded);
        av_packet_free(packet);
        avcodec_free_context(decoder);
        file.close();
    }
}
