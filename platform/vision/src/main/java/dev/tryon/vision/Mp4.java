package dev.tryon.vision;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_close_dyn_buf;
import static org.bytedeco.ffmpeg.global.avformat.avio_open_dyn_buf;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_free;

import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Encoded pictures put into an MP4 file in memory, its index before them. */
final class Mp4 {
    private static final int INDEX_BYTES = 4096;
    /** In the tables of sizes, offsets, times, key frames and chunks together; what is not needed becomes a free box. */
    private static final int INDEX_BYTES_A_PICTURE = 48;

    private Mp4() {}

    /**
     * Writes a file.
     *
     * @param encoder that made the packets, still open, with its headers apart from them
     * @param packets in order, with times and durations in the encoder's time base; emptied
     */
    static ByteBuffer of(AVCodecContext encoder, List<AVPacket> packets) {
        var muxer = new AVFormatContext(null);
        Ffmpeg.check(avformat_alloc_output_context2(muxer, null, "mp4", null), "open a file");
        var bytes = new AVIOContext(null);
        try {
            Ffmpeg.check(avio_open_dyn_buf(bytes), "open a buffer");
            muxer.pb(bytes);
            write(muxer, encoder, packets);
        } catch (RuntimeException e) {
            take(bytes);
            throw e;
        } finally {
            avformat_free_context(muxer);
        }
        return take(bytes);
    }

    private static void write(AVFormatContext muxer, AVCodecContext encoder, List<AVPacket> packets) {
        var stream = avformat_new_stream(muxer, null);
        Ffmpeg.check(avcodec_parameters_from_context(stream.codecpar(), encoder), "describe a stream");
        stream.time_base(encoder.time_base());
        stream.avg_frame_rate(encoder.framerate());
        var room = INDEX_BYTES + INDEX_BYTES_A_PICTURE * packets.size();
        var options = new AVDictionary(null);
        try {
            Ffmpeg.check(av_dict_set(options, "moov_size", Integer.toString(room), 0), "set an option");
            Ffmpeg.check(avformat_write_header(muxer, options), "begin a file");
        } finally {
            av_dict_free(options);
        }
        for (var packet : packets) {
            packet.stream_index(stream.index());
            av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
            Ffmpeg.check(av_interleaved_write_frame(muxer, packet), "write a picture");
        }
        Ffmpeg.check(av_write_trailer(muxer), "end a file");
    }

    /** Closes a buffer. @return a copy of what was written into it */
    private static ByteBuffer take(AVIOContext bytes) {
        if (bytes.isNull()) {
            return ByteBuffer.allocate(0);
        }
        var memory = new BytePointer((Pointer) null);
        var size = avio_close_dyn_buf(bytes, memory);
        try {
            var copy = ByteBuffer.allocate(size);
            memory.capacity(size).get(copy.array());
            return copy;
        } finally {
            av_free(memory);
        }
    }
}
