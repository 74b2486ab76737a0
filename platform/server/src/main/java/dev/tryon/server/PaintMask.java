package dev.tryon.server;

import dev.tryon.spi.Frame;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.Patch;
import java.nio.ByteBuffer;

/** Where an engine painted, as a picture: white there, black elsewhere. */
final class PaintMask {
    private static final byte WHITE = (byte) 255;

    private PaintMask() {}

    /** Returns 255 where the engine painted, else 0, row after row. */
    static ByteBuffer of(Outcome outcome, Frame picture) {
        var mask = ByteBuffer.allocateDirect(picture.width() * picture.height());
        switch (outcome) {
            case Outcome.Overlaid overlaid -> overlaid.patches().forEach(patch -> draw(patch, picture.width(), mask));
            case Outcome.Painted painted -> drawChanges(picture, painted.picture(), mask);
            case Outcome.Rejected _ -> {
                // Nothing is painted.
            }
        }
        return mask;
    }

    private static void draw(Patch patch, int width, ByteBuffer mask) {
        for (int y = 0; y < patch.height(); y++) {
            for (int x = 0; x < patch.width(); x++) {
                if (patch.paints(x, y)) {
                    mask.put((patch.y() + y) * width + patch.x() + x, WHITE);
                }
            }
        }
    }

    private static void drawChanges(Frame before, Frame after, ByteBuffer mask) {
        for (int y = 0; y < before.height(); y++) {
            for (int x = 0; x < before.width(); x++) {
                for (int channel = 0; channel < Frame.CHANNELS; channel++) {
                    int offset = Frame.CHANNELS * x + channel;
                    if (before.pixels().get(y * before.strideBytes() + offset)
                            != after.pixels().get(y * after.strideBytes() + offset)) {
                        mask.put(y * before.width() + x, WHITE);
                    }
                }
            }
        }
    }
}
