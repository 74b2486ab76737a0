package dev.tryon.vision;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_SEEKABLE_NORMAL;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A video file in native memory, and the demuxer that walks over it.
 *
 * <p>The whole file is the one buffer of an {@code AVIOContext} without callbacks, which FFmpeg reads and seeks in by itself:
 * nothing touches a disk or calls back into Java. One demuxer is allowed, the one of the format that the first bytes tell,
 * and no protocol, so a file cannot make it open another. The header alone is read: streams are not probed, for that would
 * decode before anything is checked. One thread at a time.
 */
final class VideoFile implements AutoCloseable {
    private static final int MOST_STREAMS = 16;
    private static final int SHOW_FRAME_BIT = 0x10;
    private static final int MATRIX_BYTES = 9 * Integer.BYTES;

    private final VideoFormat format;
    private final AVIOContext bytes;
    private final AVFormatContext demuxer;
    private final AVStream stream;

    /**
     * Copies a file and reads its header.
     *
     * @param file from position to limit, neither of which moves
     * @throws dev.tryon.spi.TryOnException with INVALID_IMAGE if it is not one of ours
     */
    VideoFile(ByteBuffer file, VideoLimits limits) {
        if (file.remaining() > limits.bytes()) {
            throw InvalidVideos.tooLarge(file.remaining() + " bytes are over " + limits.bytes());
        }
        this.format = VideoFormat.of(file).orElseThrow(() -> InvalidVideos.unreadable("no signature of a video"));
        this.bytes = inMemory(file);
        this.demuxer = avformat_alloc_context();
        try {
            demuxer.pb(bytes);
            demuxer.max_streams(MOST_STREAMS);
            Ffmpeg.check(av_opt_set(demuxer, "protocol_whitelist", "none", 0), "forbid protocols");
            var input = av_find_input_format(format.demuxer());
            if (avformat_open_input(demuxer, (String) null, input, (AVDictionary) null) < 0) {
                throw InvalidVideos.unreadable("the demuxer does not agree that it is " + format);
            }
            this.stream = firstVideo();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static AVIOContext inMemory(ByteBuffer file) {
        var size = file.remaining();
        var memory = av_malloc(size);
        Ffmpeg.check(memory == null ? -1 : 0, "allocate a file");
        new BytePointer(memory).capacity(size).asByteBuffer().put(file.duplicate());
        // The context owns the memory: a buffer that is full from the beginning, and nowhere to read more from.
        var context = avio_alloc_context(new BytePointer(memory), size, 0, null, null, null, null);
        context.seekable(AVIO_SEEKABLE_NORMAL);
        return context;
    }

    private AVStream firstVideo() {
        for (int index = 0; index < demuxer.nb_streams(); index++) {
            var candidate = demuxer.streams(index);
            if (candidate.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO
                    && (candidate.disposition() & AV_DISPOSITION_ATTACHED_PIC) == 0) {
                return candidate;
            }
        }
        throw InvalidVideos.unreadable("no stream of pictures");
    }

    /** Returns what its pictures are decoded with. */
    AVCodecParameters parameters() {
        return stream.codecpar();
    }

    /** Returns the unit of its packets' times. */
    AVRational timeBase() {
        return stream.time_base();
    }

    /**
     * Reads the next packet of pictures.
     *
     * @param packet empty; filled for the caller to empty again
     * @return false after the last
     * @throws dev.tryon.spi.TryOnException with INVALID_IMAGE if the file is damaged or cut off
     */
    boolean next(AVPacket packet) {
        while (true) {
            var result = av_read_frame(demuxer, packet);
            if (result == AVERROR_EOF) {
                return false;
            }
            if (result < 0) {
                throw InvalidVideos.unreadable("the demuxer failed: " + result);
            }
            if (packet.stream_index() == stream.index()) {
                if ((packet.flags() & AV_PKT_FLAG_CORRUPT) != 0) {
                    throw InvalidVideos.unreadable("a packet is cut off");
                }
                return true;
            }
            av_packet_unref(packet);
        }
    }

    /**
     * Counts what the file holds, by walking over it once; nothing is decoded.
     *
     * @throws dev.tryon.spi.TryOnException with INVALID_IMAGE if it is damaged, empty or over the limits
     */
    VideoInfo survey(VideoLimits limits) {
        var times = new Times(timeBase());
        var packet = av_packet_alloc();
        try {
            while (next(packet)) {
                if (times.frames == 0) {
                    requireSize(packet, limits.picture());
                }
                if (shows(packet)) {
                    times.add(packet);
                }
                av_packet_unref(packet);
                if (times.frames > limits.frames()) {
                    throw InvalidVideos.tooLong("more than " + limits.frames() + " pictures");
                }
            }
        } finally {
            av_packet_free(packet);
        }
        if (times.frames == 0) {
            throw InvalidVideos.unreadable("no picture");
        }
        var duration = times.duration();
        if (duration.compareTo(limits.duration()) > 0) {
            throw InvalidVideos.tooLong(duration + " is over " + limits.duration());
        }
        var width = parameters().width();
        var height = parameters().height();
        var swaps = orientation().swapsSides();
        return new VideoInfo(
                format.mediaType(),
                swaps ? height : width,
                swaps ? width : height,
                duration,
                times.frames,
                times.frames * 1e9 / duration.toNanos());
    }

    /** MP4 leaves the size of MPEG-4 Part 2 to the stream: a decoder that refuses more than the limits is asked for it. */
    private void requireSize(AVPacket first, PictureLimits limits) {
        if (parameters().width() < 1 || parameters().height() < 1) {
            var side = limits.longestSide();
            var decoder = VideoDecoders.open(parameters(), timeBase(), side, side);
            try {
                if (avcodec_send_packet(decoder, first) < 0 || decoder.width() < 1 || decoder.height() < 1) {
                    throw InvalidVideos.unreadable("neither header nor stream tell a size");
                }
                parameters().width(decoder.width());
                parameters().height(decoder.height());
            } finally {
                avcodec_free_context(decoder);
            }
        }
        if (!limits.allow(parameters().width(), parameters().height())) {
            throw InvalidVideos.tooLarge(
                    parameters().width() + "x" + parameters().height() + " is over " + limits);
        }
    }

    /** Not shown: what an edit list cuts away, and VP8's alternate reference frames (RFC 6386, section 9.1). */
    private boolean shows(AVPacket packet) {
        return packet.size() > 0
                && (packet.flags() & AV_PKT_FLAG_DISCARD) == 0
                && (parameters().codec_id() != AV_CODEC_ID_VP8 || (packet.data().get(0) & SHOW_FRAME_BIT) != 0);
    }

    /** Reads how the pictures are to be turned; upright if by no multiple of a right angle. */
    Orientation orientation() {
        var data = av_packet_side_data_get(
                parameters().coded_side_data(), parameters().nb_coded_side_data(), AV_PKT_DATA_DISPLAYMATRIX);
        if (data == null || data.isNull() || data.size() < MATRIX_BYTES) {
            return Orientation.UPRIGHT;
        }
        var matrix = new BytePointer(data.data())
                .capacity(MATRIX_BYTES)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
        return Orientation.ofMatrix(matrix.get(0), matrix.get(1), matrix.get(3), matrix.get(4));
    }

    @Override
    public void close() {
        if (!demuxer.isNull()) {
            avformat_close_input(demuxer);
        }
        av_free((Pointer) bytes.buffer());
        avio_context_free(bytes);
    }

    /** When pictures appear, gathered in the order of their packets. */
    private static final class Times {
        private final AVRational base;
        private int frames;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private long lastTicks;

        Times(AVRational base) {
            this.base = base;
        }

        void add(AVPacket packet) {
            frames++;
            var at = packet.pts() == AV_NOPTS_VALUE ? packet.dts() : packet.pts();
            if (at == AV_NOPTS_VALUE) {
                return;
            }
            first = Math.min(first, at);
            if (at >= last) {
                last = at;
                lastTicks = packet.duration();
            }
        }

        /** Returns how long all last; where the file does not tell how long the last picture stays, as long as the others. */
        Duration duration() {
            if (first == Long.MAX_VALUE || base.num() < 1 || base.den() < 1) {
                throw InvalidVideos.unreadable("no times");
            }
            double ticks = (double) last - first;
            if (lastTicks > 0) {
                ticks += lastTicks;
            } else if (frames > 1) {
                ticks *= frames / (frames - 1.0);
            }
            var nanos = ticks * base.num() / base.den() * 1e9;
            if (!(nanos >= 1)) {
                throw InvalidVideos.unreadable("it lasts no time");
            }
            return Duration.ofNanos((long) nanos);
        }
    }
}
