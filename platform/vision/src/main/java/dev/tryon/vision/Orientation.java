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
