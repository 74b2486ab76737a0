package dev.tryon.vision;

import org.opencv.core.Core;
import org.opencv.core.Mat;

/** How a stored picture is to be turned before it is shown; the eight values of EXIF tag 0x0112 (CIPA DC-008). */
enum Orientation {
    UPRIGHT,
    MIRRORED,
    TURNED_180,
    MIRRORED_UPSIDE_DOWN,
    TRANSPOSED,
    TURNED_CLOCKWISE,
    TRANSVERSED,
    TURNED_COUNTERCLOCKWISE;

    /** Returns the orientation with an EXIF value; upright where the value means nothing. */
    static Orientation of(int exif) {
        return exif >= 1 && exif <= values().length ? values()[exif - 1] : UPRIGHT;
    }

    /**
     * Returns the orientation of a video's display matrix (ISO 14496-12, section 6.2.2), of which a shown pixel is (a x + c y,
     * b x + d y), both pointing right and down; upright where it is no multiple of a right angle.
     */
    static Orientation ofMatrix(int a, int b, int c, int d) {
        if (b == 0 && c == 0) {
            if (d < 0) {
                return a < 0 ? TURNED_180 : MIRRORED_UPSIDE_DOWN;
            }
            return a < 0 ? MIRRORED : UPRIGHT;
        }
        if (a == 0 && d == 0) {
            if (b < 0) {
                return c < 0 ? TRANSVERSED : TURNED_COUNTERCLOCKWISE;
            }
            return c < 0 ? TURNED_CLOCKWISE : TRANSPOSED;
        }
        return UPRIGHT;
    }

    /** Returns whether width and height change places. */
    boolean swapsSides() {
        return switch (this) {
            case UPRIGHT, MIRRORED, TURNED_180, MIRRORED_UPSIDE_DOWN -> false;
            case TRANSPOSED, TURNED_CLOCKWISE, TRANSVERSED, TURNED_COUNTERCLOCKWISE -> true;
        };
    }

    /** Turns a picture. @param shown of the stored picture's type and the turned size, so that it is filled in place */
    void apply(Mat stored, Mat shown) {
        switch (this) {
            case UPRIGHT -> stored.copyTo(shown);
            case MIRRORED -> Core.flip(stored, shown, 1);
            case TURNED_180 -> Core.rotate(stored, shown, Core.ROTATE_180);
            case MIRRORED_UPSIDE_DOWN -> Core.flip(stored, shown, 0);
            case TRANSPOSED -> Core.transpose(stored, shown);
            case TURNED_CLOCKWISE -> Core.rotate(stored, shown, Core.ROTATE_90_CLOCKWISE);
            case TRANSVERSED -> {
                Core.transpose(stored, shown);
                Core.flip(shown, shown, -1);
            }
            case TURNED_COUNTERCLOCKWISE -> Core.rotate(stored, shown, Core.ROTATE_90_COUNTERCLOCKWISE);
        }
    }
}
