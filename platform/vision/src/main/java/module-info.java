/**
 * Pictures as bytes and as pixels: the one frame codec, videos read and written in memory, patches drawn over frames, frames sampled into tensors.
 *
 * <p>Used by the server, which decodes what arrives and encodes what leaves, and by engines, which look at frames
 * through tensors and OpenCV matrices. The codecs are thread-safe and spread no picture over several threads; the other
 * types are functions of their arguments. Natives: FFmpeg through JavaCPP for ordinary pictures and videos, OpenCV for odd ones and
 * for resampling; the process needs native access for {@code org.bytedeco.javacpp}, {@code org.bytedeco.ffmpeg} and
 * {@code opencv}.
 */
module dev.tryon.vision {
    requires transitive dev.tryon.spi;
    requires transitive opencv; // a frame is handed to engines as an OpenCV matrix
    requires org.bytedeco.ffmpeg;
    requires org.bytedeco.javacpp;
    requires static org.jspecify; // null annotations, read by the compiler alone

    exports dev.tryon.vision;
}
