package dev.tryon.vision;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_is_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;

import dev.tryon.vision.ChromaPlanes.Range;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;

/** One of FFmpeg's encoders, open for pictures of one kind and size. One thread at a time. */
final class PictureEncoder implements AutoCloseable {
    /**
     * What an encoder is opened for.
     *
     * @param width in pixels
     * @param height in pixels
     * @param quality 1..100, as libjpeg and libwebp mean it
     */
    record Kind(Source source, PictureFormat format, int width, int height, int quality) {}

    /** What an encoder is given. */
    enum Source {
        /** {@code CV_8UC3}, BGR. */
        FRAME,
        /** {@code CV_8UC4}, RGBA with straight alpha. */
        PATCH
    }

    private final Kind kind;
    private final AVCodecContext context;
    private final AVFrame picture = av_frame_alloc();
    private final AVPacket packet = av_packet_alloc();
    private final ChromaPlanes planes = new ChromaPlanes();
    private final Mat first;
    private final Mat second;
    private final Mat third;

    PictureEncoder(Kind kind) {
        this.kind = kind;
        var name =
                switch (kind.format) {
                    case JPEG -> "mjpeg";
                    case WEBP -> "libwebp";
                    case PNG -> "png";
                };
        var codec = avcodec_find_encoder_by_name(name);
        this.context = avcodec_alloc_context3(codec);
        try {
            configure();
            Ffmpeg.open(context, codec);
            picture.format(context.pix_fmt());
            picture.width(kind.width);
            picture.height(kind.height);
            picture.color_range(context.color_range());
            picture.quality(context.global_quality());
            Ffmpeg.allocate(picture);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        if (context.pix_fmt() == AV_PIX_FMT_YUV420P) {
            var halfWidth = (kind.width + 1) / 2;
            var halfHeight = (kind.height + 1) / 2;
            this.first = Ffmpeg.plane(picture, 0, kind.width, kind.height, CvType.CV_8UC1);
            this.second = Ffmpeg.plane(picture, 1, halfWidth, halfHeight, CvType.CV_8UC1);
            this.third = Ffmpeg.plane(picture, 2, halfWidth, halfHeight, CvType.CV_8UC1);
        } else {
            var type = kind.source == Source.FRAME ? CvType.CV_8UC3 : CvType.CV_8UC4;
            this.first = Ffmpeg.plane(picture, 0, kind.width, kind.height, type);
            this.second = first;
            this.third = first;
        }
    }

    private void configure() {
        context.width(kind.width);
        context.height(kind.height);
        context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
        switch (kind.format) {
            case JPEG -> {
                if (kind.source == Source.PATCH) {
                    throw new IllegalArgumentException("JPEG has no alpha");
                }
                context.pix_fmt(AV_PIX_FMT_YUV420P);
                context.color_range(AVCOL_RANGE_JPEG);
                JpegTables.apply(context, kind.quality);
            }
            case WEBP -> {
                context.pix_fmt(kind.source == Source.FRAME ? AV_PIX_FMT_YUV420P : AV_PIX_FMT_BGRA);
                context.global_quality(kind.quality * FF_QP2LAMBDA);
                context.compression_level(0); // libwebp's method 0: a fifth of the time of method 4
            }
            case PNG -> {
                context.pix_fmt(kind.source == Source.FRAME ? AV_PIX_FMT_RGB24 : AV_PIX_FMT_RGBA);
                context.compression_level(1);
                av_opt_set(context.priv_data(), "pred", "paeth", 0);
            }
        }
    }

    /**
     * Encodes one picture.
     *
     * @param pixels of the source's type and the size that this was opened for
     */
    byte[] encode(Mat pixels) {
        if (av_frame_is_writable(picture) == 0) {
            throw new IllegalStateException("the encoder still holds the picture before");
        }
        switch (kind.format) {
            case JPEG -> planes.split(pixels, Range.FULL, first, second, third);
            case WEBP -> {
                switch (kind.source) {
                    case FRAME -> planes.split(pixels, Range.VIDEO, first, second, third);
                    case PATCH -> Imgproc.cvtColor(pixels, first, Imgproc.COLOR_RGBA2BGRA);
                }
            }
            case PNG -> {
                switch (kind.source) {
                    case FRAME -> Imgproc.cvtColor(pixels, first, Imgproc.COLOR_BGR2RGB);
                    case PATCH -> pixels.copyTo(first);
                }
            }
        }
        picture.pts(picture.pts() + 1);
        try {
            Ffmpeg.check(avcodec_send_frame(context, picture), "encode");
            Ffmpeg.check(avcodec_receive_packet(context, packet), "encode");
            var encoded = new byte[packet.size()];
            packet.data().get(encoded);
            return encoded;
        } finally {
            av_packet_unref(packet);
        }
    }

    @Override
    public void close() {
        planes.close();
        av_packet_free(packet);
        av_frame_free(picture);
        avcodec_free_context(context);
    }
}
