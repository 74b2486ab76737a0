package dev.tryon.vision;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.ChromaPlanes.Range;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * Frames into an MP4 video, in memory: H.264 by OpenH264, 4:2:0, BT.601 in the range of films, and tagged so.
 *
 * <p>The index comes before the pictures, so that a browser plays the file while it arrives. What is encoded is kept until
 * {@link #finish}, bounded, for only then is it known how long each picture stays. Sound is not written. One thread at a
 * time.
 */
public final class VideoWriter implements AutoCloseable {
    /** The unit of times, of which whole numbers are all usual distances between pictures. */
    static final int TICKS_PER_SECOND = 90_000;

    private static final int SMALLEST_SIDE = 16;
    private static final int KEY_FRAME_SECONDS = 2;
    private static final int MOST_BYTES = 128 << 20;

    private final int width;
    private final int height;
    private final long usualTicks;
    private final AVCodecContext encoder;
    private final AVFrame picture = av_frame_alloc();
    private final ChromaPlanes planes = new ChromaPlanes();
    private final List<AVPacket> packets = new ArrayList<>();
    private long lastTicks = -1;
    private long bytes;
    private boolean finished;

    /** @see VideoCodec#writer */
    VideoWriter(int width, int height, double framesPerSecond, int quality) {
        if (width < SMALLEST_SIDE || height < SMALLEST_SIDE) {
            throw new IllegalArgumentException("no video is " + width + "x" + height);
        }
        if (!(framesPerSecond > 0 && framesPerSecond <= 1000)) {
            throw new IllegalArgumentException("no video has " + framesPerSecond + " frames a second");
        }
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality is 1..100, not " + quality);
        }
        this.width = width;
        this.height = height;
        this.usualTicks = Math.max(1, Math.round(TICKS_PER_SECOND / framesPerSecond));
        var codec = avcodec_find_encoder_by_name("libopenh264");
        this.encoder = avcodec_alloc_context3(codec);
        try {
            encoder.width(width & -2);
            encoder.height(height & -2);
            encoder.pix_fmt(AV_PIX_FMT_YUV420P);
            encoder.color_range(AVCOL_RANGE_MPEG);
            encoder.colorspace(AVCOL_SPC_SMPTE170M);
            encoder.color_primaries(AVCOL_PRI_BT709);
            encoder.color_trc(AVCOL_TRC_BT709);
            encoder.time_base().num(1).den(TICKS_PER_SECOND);
            encoder.framerate().num((int) Math.round(framesPerSecond * 1000)).den(1000);
            encoder.gop_size((int) Math.ceil(framesPerSecond * KEY_FRAME_SECONDS));
            encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
            var quantizer = quantizer(quality);
            encoder.qmin(quantizer);
            encoder.qmax(quantizer);
            av_opt_set(encoder.priv_data(), "rc_mode", "quality", 0);
            av_opt_set(encoder.priv_data(), "allow_skip_frames", "0", 0);
            Ffmpeg.open(encoder, codec);
            picture.format(encoder.pix_fmt());
            picture.width(encoder.width());
            picture.height(encoder.height());
            Ffmpeg.allocate(picture);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Returns H.264's quantisation parameter: 40 is ugly, 26 is usual, 16 is hard to tell from the original. */
    private static int quantizer(int quality) {
        return 44 - (int) Math.round(0.28 * quality);
    }

    /**
     * Encodes one frame.
     *
     * @param frame of the writer's size, borrowed until the call returns
     * @param at when it is shown, 0 or more, later than the frame before by a millisecond at least
     * @throws TryOnException with PROCESSING_FAILED if the video becomes too large
     */
    public void write(Frame frame, Duration at) {
        if (frame.width() != width || frame.height() != height) {
            throw new IllegalArgumentException("the frame is " + frame.width() + "x" + frame.height());
        }
        var ticks = Math.round(at.toNanos() * (TICKS_PER_SECOND / 1e9));
        if (finished || ticks <= lastTicks) {
            throw new IllegalArgumentException("frames come in the order of their times, before the end");
        }
        lastTicks = ticks;
        Ffmpeg.check(av_frame_make_writable(picture), "make room for a picture");
        var pixels = Pixels.mat(frame).submat(0, picture.height(), 0, picture.width());
        planes.split(pixels, Range.VIDEO, plane(0, 1), plane(1, 2), plane(2, 2));
        picture.pts(ticks);
        Ffmpeg.check(avcodec_send_frame(encoder, picture), "encode a picture");
        receive();
    }

    private Mat plane(int index, int divisor) {
        return Ffmpeg.plane(picture, index, picture.width() / divisor, picture.height() / divisor, CvType.CV_8UC1);
    }

    private void receive() {
        while (true) {
            var packet = av_packet_alloc();
            packets.add(packet);
            var result = avcodec_receive_packet(encoder, packet);
            if (result < 0) {
                av_packet_free(packets.removeLast());
                if (result == AVERROR_EAGAIN() || result == AVERROR_EOF) {
                    return;
                }
                Ffmpeg.check(result, "encode a picture");
            }
            bytes += packet.size();
            if (bytes > MOST_BYTES) {
                throw new TryOnException(
                        ErrorCode.PROCESSING_FAILED,
                        "The finished video would be too large. Please try a shorter one.",
                        "more than " + MOST_BYTES + " bytes");
            }
        }
    }

    /**
     * Ends the video.
     *
     * @return the whole file, in memory that the garbage collector frees
     * @throws IllegalStateException if there is no frame, or the video is finished already
     */
    public ByteBuffer finish() {
        if (finished || lastTicks < 0) {
            throw new IllegalStateException("there is nothing to finish");
        }
        finished = true;
        Ffmpeg.check(avcodec_send_frame(encoder, null), "finish a video");
        receive();
        for (int index = 0; index < packets.size(); index++) {
            // A packet without a duration is given none by the container, and the last picture is never seen.
            var next = index + 1 < packets.size() ? packets.get(index + 1).pts() : lastTicks + usualTicks;
            packets.get(index).duration(next - packets.get(index).pts());
        }
        return Mp4.of(encoder, packets);
    }

    @Override
    public void close() {
        packets.forEach(packet -> av_packet_free(packet));
        packets.clear();
        planes.close();
        av_frame_free(picture);
        avcodec_free_context(encoder);
    }
}
