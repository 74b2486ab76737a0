package dev.tryon.vision;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;

/** FFmpeg's JPEG decoder, for pictures of luma alone or with two planes of chroma. One thread at a time. */
final class PlainJpegDecoder implements AutoCloseable {
    private final AVCodecContext context;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame decoded = av_frame_alloc();
    private final ChromaPlanes planes = new ChromaPlanes();

    PlainJpegDecoder() {
        var codec = avcodec_find_decoder(AV_CODEC_ID_MJPEG);
        this.context = avcodec_alloc_context3(codec);
        context.err_recognition(AV_EF_EXPLODE); // a damaged picture is an error, not a grey area
        Ffmpeg.open(context, codec);
    }

    /**
     * Decodes a picture.
     *
     * @param essentials checked by {@link JpegReader}
     * @param bgr {@code CV_8UC3} of the size in the header, filled in place
     * @throws dev.tryon.spi.TryOnException with INVALID_IMAGE
     */
    void decode(byte[] essentials, Mat bgr) {
        try {
            Ffmpeg.check(av_new_packet(packet, essentials.length), "allocate a packet");
            packet.data().put(essentials);
            if (avcodec_send_packet(context, packet) < 0 || avcodec_receive_frame(context, decoded) < 0) {
                throw InvalidPictures.unreadable("FFmpeg cannot decode it");
            }
            if (decoded.decode_error_flags() != 0) {
                throw InvalidPictures.unreadable("FFmpeg decoded it with errors");
            }
            if (decoded.width() != bgr.cols() || decoded.height() != bgr.rows()) {
                throw InvalidPictures.unreadable("decoded size is not the header's");
            }
            convert(bgr);
        } finally {
            av_packet_unref(packet);
            av_frame_unref(decoded);
        }
    }

    private void convert(Mat bgr) {
        var format = decoded.format();
        var y = plane(0, bgr.cols(), bgr.rows());
        if (format == AV_PIX_FMT_GRAY8) {
            Imgproc.cvtColor(y, bgr, Imgproc.COLOR_GRAY2BGR);
            return;
        }
        var halfWidth = format == AV_PIX_FMT_YUV420P
                || format == AV_PIX_FMT_YUVJ420P
                || format == AV_PIX_FMT_YUV422P
                || format == AV_PIX_FMT_YUVJ422P;
        var halfHeight = format == AV_PIX_FMT_YUV420P
                || format == AV_PIX_FMT_YUVJ420P
                || format == AV_PIX_FMT_YUV440P
                || format == AV_PIX_FMT_YUVJ440P;
        if (!halfWidth && !halfHeight && format != AV_PIX_FMT_YUV444P && format != AV_PIX_FMT_YUVJ444P) {
            throw InvalidPictures.unreadable("pixel format " + format);
        }
        var width = halfWidth ? (bgr.cols() + 1) / 2 : bgr.cols();
        var height = halfHeight ? (bgr.rows() + 1) / 2 : bgr.rows();
        planes.join(y, plane(1, width, height), plane(2, width, height), bgr);
    }

    private Mat plane(int index, int width, int height) {
        return Ffmpeg.plane(decoded, index, width, height, CvType.CV_8UC1);
    }

    @Override
    public void close() {
        planes.close();
        av_frame_free(decoded);
        av_packet_free(packet);
        avcodec_free_context(context);
    }
}
