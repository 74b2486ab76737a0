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
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import dev.tryon.vision.ChromaPlanes.Matrix;
import dev.tryon.vision.ChromaPlanes.Range;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.opencv.core.Mat;

/** FFmpeg's JPEG decoder, for pictures of luma alone or with two planes of chroma. One thread at a time. */
final class PlainJpegDecoder implements AutoCloseable {
    private final AVCodecContext context;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame decoded = av_frame_alloc();
    private final DecodedPicture picture = new DecodedPicture();

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
            picture.convert(decoded, Range.FULL, Matrix.BT601, bgr);
        } finally {
            av_packet_unref(packet);
            av_frame_unref(decoded);
        }
    }

    @Override
    public void close() {
        picture.close();
        av_frame_free(decoded);
        av_packet_free(packet);
        avcodec_free_context(context);
    }
}
