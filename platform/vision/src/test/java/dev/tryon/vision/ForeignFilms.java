package dev.tryon.vision;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_new;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_close;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;

/**
 * Films that others would send: ten pictures at 25 frames a second in other containers and codecs, turned by a display
 * matrix. Each is bright in its stored upper left quarter and dark elsewhere.
 */
final class ForeignFilms {
    static final int WIDTH = 128;
    static final int HEIGHT = 64;
    static final int FRAMES = 10;
    static final int[] UPRIGHT = {1, 0, 0, 1};

    private static final int ONE = 1 << 16;
    private static final int LAST_ROW_ONE = 1 << 30;

    private ForeignFilms() {}

    /** Luma, blue and red difference of the bright quarter. */
    record Colour(int y, int cb, int cr) {}

    static final Colour GREY = new Colour(180, 128, 128);

    static ByteBuffer film(String container, String encoder) {
        return film(container, encoder, UPRIGHT, GREY, AVCOL_SPC_UNSPECIFIED);
    }

    static ByteBuffer turned(int... matrix) {
        return film("mov", "mpeg4", matrix, GREY, AVCOL_SPC_UNSPECIFIED);
    }

    static ByteBuffer highDefinitionColours(Colour colour) {
        return film("mp4", "libopenh264", UPRIGHT, colour, AVCOL_SPC_BT709);
    }

    private static ByteBuffer film(String container, String encoderName, int[] matrix, Colour colour, int space) {
        var muxer = new AVFormatContext(null);
        Ffmpeg.check(avformat_alloc_output_context2(muxer, null, container, null), "open");
        var file = temporaryFile();
        var bytes = new AVIOContext(null);
        Ffmpeg.check(avio_open(bytes, file.toString(), AVIO_FLAG_WRITE), "open");
        muxer.pb(bytes);
        var encoder = encoder(encoderName, space, muxer);
        var stream = avformat_new_stream(muxer, null);
        avcodec_parameters_from_context(stream.codecpar(), encoder);
        stream.time_base(encoder.time_base());
        stream.avg_frame_rate(encoder.framerate());
        if (matrix != UPRIGHT) {
            turn(stream, matrix);
        }
        Ffmpeg.check(avformat_write_header(muxer, (AVDictionary) null), "begin");
        encode(encoder, muxer, stream, colour);
        Ffmpeg.check(av_write_trailer(muxer), "end");
        avio_close(bytes);
        avcodec_free_context(encoder);
        avformat_free_context(muxer);
        return take(file);
    }

    private static Path temporaryFile() {
        try {
            return Files.createTempFile("film", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer take(Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            Files.delete(file);
            return ByteBuffer.wrap(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AVCodecContext encoder(String name, int space, AVFormatContext muxer) {
        var codec = avcodec_find_encoder_by_name(name);
        var encoder = avcodec_alloc_context3(codec);
        encoder.width(WIDTH);
        encoder.height(HEIGHT);
        encoder.pix_fmt(name.equals("mjpeg") ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P);
        encoder.colorspace(space);
        encoder.framerate().num(25).den(1);
        encoder.bit_rate(1_000_000);
        encoder.gop_size(FRAMES);
        switch (name) {
            case "libvpx", "libvpx-vp9" -> av_opt_set(encoder.priv_data(), "deadline", "realtime", 0);
            case "libaom-av1" -> av_opt_set(encoder.priv_data(), "cpu-used", "8", 0);
            default -> {}
        }
        if ((muxer.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
            encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        Ffmpeg.open(encoder, codec);
        return encoder;
    }

    private static void turn(AVStream stream, int[] matrix) {
        var all = new AVPacketSideData(null);
        var count = new int[1];
        var side = av_packet_side_data_new(all, count, AV_PKT_DATA_DISPLAYMATRIX, 36, 0);
        stream.codecpar().coded_side_data(all);
        stream.codecpar().nb_coded_side_data(count[0]);
        side.data()
                .capacity(36)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asIntBuffer()
                .put(new int[] {
                    ONE * matrix[0], ONE * matrix[1], 0, ONE * matrix[2], ONE * matrix[3], 0, 0, 0, LAST_ROW_ONE
                });
    }

    private static void encode(AVCodecContext encoder, AVFormatContext muxer, AVStream stream, Colour colour) {
        var picture = av_frame_alloc();
        picture.format(encoder.pix_fmt());
        picture.width(WIDTH);
        picture.height(HEIGHT);
        Ffmpeg.allocate(picture);
        for (int number = 0; number < FRAMES; number++) {
            av_frame_make_writable(picture);
            quarter(Ffmpeg.plane(picture, 0, WIDTH, HEIGHT, CvType.CV_8UC1), 40, colour.y);
            quarter(Ffmpeg.plane(picture, 1, WIDTH / 2, HEIGHT / 2, CvType.CV_8UC1), 128, colour.cb);
            quarter(Ffmpeg.plane(picture, 2, WIDTH / 2, HEIGHT / 2, CvType.CV_8UC1), 128, colour.cr);
            picture.pts(number);
            Ffmpeg.check(avcodec_send_frame(encoder, picture), "encode");
            write(encoder, muxer, stream);
        }
        Ffmpeg.check(avcodec_send_frame(encoder, null), "encode");
        write(encoder, muxer, stream);
        av_frame_free(picture);
    }

    private static void quarter(Mat plane, int ground, int bright) {
        plane.setTo(Scalar.all(ground));
        plane.submat(new Rect(0, 0, plane.cols() / 2, plane.rows() / 2)).setTo(Scalar.all(bright));
    }

    private static void write(AVCodecContext encoder, AVFormatContext muxer, AVStream stream) {
        var packet = av_packet_alloc();
        while (avcodec_receive_packet(encoder, packet) >= 0) {
            packet.duration(1);
            av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
            Ffmpeg.check(av_interleaved_write_frame(muxer, packet), "write");
        }
        av_packet_free(packet);
    }
}
