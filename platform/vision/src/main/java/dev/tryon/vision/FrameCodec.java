package dev.tryon.vision;

import dev.tryon.spi.Frame;
import dev.tryon.spi.Patch;
import dev.tryon.vision.PictureEncoder.Kind;
import dev.tryon.vision.PictureEncoder.Source;
import dev.tryon.vision.PictureHeader.Route;
import java.nio.ByteBuffer;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * The one frame codec: pictures in bytes to frames and back.
 *
 * <p>A picture's header is read, and its size checked, before anything is decoded; then the picture's structure, which
 * must be whole, and without its metadata; then it goes to the decoder that measured fastest for it. Plain JPEG
 * (Huffman-coded, sequential or progressive, grey or YCbCr in 8 bits) goes to FFmpeg; everything else to OpenCV: WebP, PNG,
 * and JPEG in CMYK, YCCK, RGB or unusual subsampling. FFmpeg does all encoding, OpenCV all colour conversion.
 *
 * <p>The rules for odd pictures: EXIF orientation is applied (JPEG, WebP, PNG). Transparency is laid on
 * white; a PNG's transparent colour key (tRNS without a palette) is painted. Sixteen bits are rounded to eight. Colour
 * profiles are ignored. Animated pictures are refused. What follows the end of a picture is ignored. A JPEG without end
 * marker or tables of its own, a chunk that is cut off or whose checksum is wrong, pixel data that ends early, and a picture
 * whose sizes disagree are refused; only in JPEG of the unusual kinds (CMYK, say) does damage between intact markers go
 * unnoticed. Other formats (GIF, say) are refused.
 *
 * <p>Quality means what it means to libjpeg and libwebp.
 *
 * <p>Thread-safe, from virtual threads too: native contexts belong to calls, are kept for the next call (a bounded number
 * of them), and are closed by {@link #close()}. No call spreads over several threads.
 */
public final class FrameCodec implements AutoCloseable {
    private static final int MOST_IDLE_DECODERS = 16;
    private static final int MOST_IDLE_ENCODERS = 24;

    private final FramePool frames = new FramePool();
    private final ContextPool<PictureFormat, PlainJpegDecoder> decoders;
    private final ContextPool<Kind, PictureEncoder> encoders;

    /** Loads the natives: about a second, for OpenCV's are unpacked into a temporary folder each time. */
    public FrameCodec() {
        Pixels.load();
        Ffmpeg.load();
        this.decoders = new ContextPool<>(MOST_IDLE_DECODERS, _ -> new PlainJpegDecoder());
        this.encoders = new ContextPool<>(MOST_IDLE_ENCODERS, PictureEncoder::new);
    }

    /**
     * Reads format and size from a picture's header; decodes nothing and checks no limits.
     *
     * @param encoded from position to limit, neither of which moves
     * @throws dev.tryon.spi.TryOnException with INVALID_IMAGE if there is no header of a known format
     */
    public PictureInfo inspect(ByteBuffer encoded) {
        return PictureHeader.read(bytes(encoded)).info();
    }

    /**
     * Decodes a picture.
     *
     * @param encoded from position to limit, neither of which moves
     * @param limits checked before anything is decoded
     * @return a frame of the size that {@link #inspect} tells, which the caller closes
     * @throws dev.tryon.spi.TryOnException with INVALID_IMAGE if it cannot be decoded whole, is animated or too large
     */
    public Frame decode(ByteBuffer encoded, PictureLimits limits) {
        var bytes = bytes(encoded);
        var header = PictureHeader.read(bytes);
        var info = header.info();
        if (!limits.allow(info.width(), info.height())) {
            throw InvalidPictures.tooLarge(info, limits);
        }
        if (info.animated()) {
            throw InvalidPictures.animated(info);
        }
        var essentials = header.essentials(bytes);
        var frame = frames.lend(info.width(), info.height());
        try {
            if (header.orientation() == Orientation.UPRIGHT) {
                decode(header, essentials, Pixels.mat(frame));
            } else {
                decodeAndTurn(header, essentials, Pixels.mat(frame));
            }
            return frame;
        } catch (RuntimeException | Error e) {
            frame.close();
            throw e;
        }
    }

    private void decodeAndTurn(PictureHeader header, byte[] essentials, Mat bgr) {
        var stored = new Mat(header.height(), header.width(), CvType.CV_8UC3);
        try {
            decode(header, essentials, stored);
            header.orientation().apply(stored, bgr);
        } finally {
            stored.release();
        }
    }

    private void decode(PictureHeader header, byte[] essentials, Mat bgr) {
        if (header.route() == Route.CAREFUL) {
            CarefulDecoder.decode(essentials, header.format(), bgr);
        } else {
            decoders.use(header.format(), decoder -> {
                decoder.decode(essentials, bgr);
                return decoder;
            });
        }
    }

    /**
     * Decodes a picture that somebody brought, within {@link PictureLimits#UPLOAD}.
     *
     * @see #decode
     */
    public Frame decodeUpload(ByteBuffer encoded) {
        return decode(encoded, PictureLimits.UPLOAD);
    }

    /**
     * Encodes a frame; JPEG and WebP with chroma at half the size.
     *
     * @param frame borrowed until the call returns
     * @param quality 1..100; PNG, being lossless, ignores it
     * @throws dev.tryon.spi.TryOnException with PROCESSING_FAILED if the format cannot hold the frame
     */
    public byte[] encode(Frame frame, PictureFormat format, int quality) {
        var kind = kind(Source.FRAME, format, frame.width(), frame.height(), quality);
        var pixels = Pixels.mat(frame);
        return encoders.use(kind, encoder -> encoder.encode(pixels));
    }

    /**
     * Encodes a patch with its alpha, which is lossless.
     *
     * @param patch borrowed until the call returns
     * @param format WebP, whose colours are lossy, or PNG
     * @param quality 1..100; PNG, being lossless, ignores it
     * @throws IllegalArgumentException for JPEG, which has no alpha
     */
    public byte[] encode(Patch patch, PictureFormat format, int quality) {
        var kind = kind(Source.PATCH, format, patch.width(), patch.height(), quality);
        // Hardly two patches are of one size, and opening libwebp's encoder takes 0.02 ms: none is kept.
        try (var encoder = new PictureEncoder(kind)) {
            return encoder.encode(new Mat(patch.height(), patch.width(), CvType.CV_8UC4, patch.pixels()));
        }
    }

    /**
     * Decodes a patch that this codec encoded.
     *
     * @param encoded from position to limit, neither of which moves
     * @param x of the left edge, in frame pixels
     * @param y of the top edge, in frame pixels
     * @throws dev.tryon.spi.TryOnException with INVALID_IMAGE if it is none
     */
    public Patch decodePatch(ByteBuffer encoded, int x, int y) {
        var bytes = new MatOfByte(bytes(encoded));
        var decoded = Imgcodecs.imdecode(bytes, Imgcodecs.IMREAD_UNCHANGED);
        try {
            var conversion =
                    switch (decoded.channels()) {
                        case 3 -> Imgproc.COLOR_BGR2RGBA; // what covers all is written without alpha
                        case 4 -> Imgproc.COLOR_BGRA2RGBA;
                        default -> throw InvalidPictures.unreadable("no patch has " + decoded.channels() + " channels");
                    };
            var pixels = ByteBuffer.allocateDirect(4 * decoded.cols() * decoded.rows());
            Imgproc.cvtColor(decoded, new Mat(decoded.rows(), decoded.cols(), CvType.CV_8UC4, pixels), conversion);
            return new Patch(x, y, decoded.cols(), decoded.rows(), pixels);
        } finally {
            bytes.release();
            decoded.release();
        }
    }

    /**
     * Encodes a mask as a grey PNG of 8 bits.
     *
     * @param mask a direct buffer of {@code width * height} values from index 0, rows without gaps
     */
    public byte[] encodeMask(int width, int height, ByteBuffer mask) {
        var encoded = new MatOfByte();
        try {
            Imgcodecs.imencode(".png", new Mat(height, width, CvType.CV_8UC1, mask), encoded);
            return encoded.toArray();
        } finally {
            encoded.release();
        }
    }

    private static Kind kind(Source source, PictureFormat format, int width, int height, int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality is 1..100, not " + quality);
        }
        return new Kind(source, format, width, height, format == PictureFormat.PNG ? 100 : quality);
    }

    private static byte[] bytes(ByteBuffer encoded) {
        var bytes = new byte[encoded.remaining()];
        encoded.get(encoded.position(), bytes);
        return bytes;
    }

    /**
     * Returns a frame of undefined pixels from the pool, which the caller closes.
     *
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     */
    public Frame allocate(int width, int height) {
        return frames.lend(width, height);
    }

    /**
     * Returns a smaller copy of a frame, averaged over areas, which the caller closes; of the same size if it is small.
     *
     * @param frame borrowed until the call returns
     * @param longestSide of width and height at most, in pixels, from 1
     */
    public Frame shrink(Frame frame, int longestSide) {
        var scale = Math.min(1, (double) longestSide / Math.max(frame.width(), frame.height()));
        var small = frames.lend((int) Math.max(1, Math.round(frame.width() * scale)), (int)
                Math.max(1, Math.round(frame.height() * scale)));
        try {
            var into = Pixels.mat(small);
            Imgproc.resize(Pixels.mat(frame), into, into.size(), 0, 0, Imgproc.INTER_AREA);
            return small;
        } catch (RuntimeException | Error failure) {
            small.close();
            throw failure;
        }
    }

    /** Returns how many frames were handed out and not yet closed: the leak counter. */
    public long framesInUse() {
        return frames.lent();
    }

    /** Closes all native contexts and frees idle frames; frames still in use are freed as they are closed. */
    @Override
    public void close() {
        decoders.close();
        encoders.close();
        frames.close();
    }
}
