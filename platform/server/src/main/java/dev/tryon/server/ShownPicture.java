package dev.tryon.server;

import dev.tryon.spi.Frame;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.Overlay;
import dev.tryon.vision.PictureLimits;
import jakarta.json.JsonArray;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A picture that a person was shown, encoded as it came and as it was answered: cheap to hold on to, for nothing is copied,
 * and drawn again only if it is to be kept.
 *
 * @param source the camera picture
 * @param drawing what was shown of it or over it
 * @param confidence 0..1
 * @param detection what the engine found, as the answer told it
 */
record ShownPicture(ByteBuffer source, Drawing drawing, double confidence, JsonArray detection) {
    /** How an answer becomes a picture. */
    sealed interface Drawing {
        /** The answer was a whole picture. */
        record Whole(ByteBuffer encoded) implements Drawing {}

        /** The answer was patches to be drawn over the camera picture, in this order. */
        record Patched(List<EncodedPatch> patches) implements Drawing {
            /** Copies the list. */
            public Patched {
                patches = List.copyOf(patches);
            }
        }
    }

    /** A patch as it was sent. @param x of the left edge, in frame pixels @param y of the top edge, in frame pixels */
    record EncodedPatch(int x, int y, ByteBuffer encoded) {}

    /** Returns how much memory it holds, in bytes. */
    long bytes() {
        return source.remaining()
                + switch (drawing) {
                    case Drawing.Whole(var encoded) -> encoded.remaining();
                    case Drawing.Patched(var patches) ->
                        patches.stream()
                                .mapToLong(patch -> patch.encoded().remaining())
                                .sum();
                };
    }

    /** Draws the picture as the person saw it; the caller closes it. For pixel threads. */
    Frame draw(FrameCodec codec) {
        return switch (drawing) {
            case Drawing.Whole(var encoded) -> codec.decode(encoded, PictureLimits.LIVE);
            case Drawing.Patched(var patches) -> {
                var drawn = patches.stream()
                        .map(patch -> codec.decodePatch(patch.encoded(), patch.x(), patch.y()))
                        .toList();
                var frame = codec.decode(source, PictureLimits.LIVE);
                Overlay.draw(frame, drawn);
                yield frame;
            }
        };
    }
}
