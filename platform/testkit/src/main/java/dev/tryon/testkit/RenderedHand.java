package dev.tryon.testkit;

import dev.tryon.spi.Frame;
import java.util.BitSet;

/**
 * A picture of a hand that the project drew, with the truth about it.
 *
 * @param picture owned by this
 * @param nails how many nails are in the picture
 * @param nailPixels bit {@code y * width + x} is set where a nail is
 */
public record RenderedHand(Frame picture, int nails, BitSet nailPixels) implements AutoCloseable {
    @Override
    public void close() {
        picture.close();
    }

    /** Returns whether a nail is at this pixel. */
    public boolean nailAt(int x, int y) {
        return nailPixels.get(y * picture.width() + x);
    }
}
