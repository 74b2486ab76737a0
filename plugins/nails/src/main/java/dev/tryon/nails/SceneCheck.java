package dev.tryon.nails;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Outcome.Rejected;
import dev.tryon.spi.Tensor;

/**
 * Why no nail was found in a picture, as far as the picture as a whole tells.
 *
 * @param brightness mean of the grey levels, 0..1
 * @param contrast standard deviation of the grey levels
 * @param sharpness the largest variance of the Laplacian in any block of the picture
 */
record SceneCheck(double brightness, double contrast, double sharpness) {
    /** Width and height below which a picture shows no nail that could be painted. */
    static final int LEAST_SIDE = 32;

    private static final int BLOCK = 32;
    private static final double DARK = 0.07;
    private static final double FLAT = 0.006;
    /** Sharp edges reach 0.01 and more; phone pictures of hands that shook stay below this in every block. */
    private static final double BLURRED = 0.0004;

    /** Measures a picture. @param picture float32[1][3][H][W], RGB 0..1, of which the top left part is looked at */
    static SceneCheck of(Tensor picture, int width, int height) {
        var sum = 0.0;
        var squares = 0.0;
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                var grey = grey(picture, x, y);
                sum += grey;
                squares += grey * grey;
            }
        }
        var count = (double) width * height;
        var mean = sum / count;
        var sharpest = 0.0;
        for (var top = 1; top < height - 1; top += BLOCK) {
            for (var left = 1; left < width - 1; left += BLOCK) {
                sharpest = Math.max(
                        sharpest,
                        edges(
                                picture,
                                left,
                                top,
                                Math.min(left + BLOCK, width - 1),
                                Math.min(top + BLOCK, height - 1)));
            }
        }
        return new SceneCheck(mean, Math.sqrt(Math.max(0, squares / count - mean * mean)), sharpest);
    }

    /** Returns the answer to a picture of too few pixels. */
    static Rejected tooSmall() {
        return new Rejected(
                ErrorCode.INVALID_IMAGE, "The picture is too small: send one of at least 320 by 240 pixels.");
    }

    /** Returns the answer to a picture without nails. */
    Rejected rejection() {
        if (brightness < DARK) {
            return new Rejected(ErrorCode.LOW_LIGHT, "It is too dark: turn on a light or move towards a window.");
        }
        if (contrast < FLAT) {
            return new Rejected(
                    ErrorCode.INVALID_IMAGE, "The picture is one even colour: check that nothing covers the camera.");
        }
        if (sharpness < BLURRED) {
            return new Rejected(
                    ErrorCode.BLUR_DETECTED, "The picture is blurred: hold your hand still and wait for the focus.");
        }
        return noNails();
    }

    /** Returns the answer to a picture that may well have nails in it, but shows none. */
    static Rejected noNails() {
        return new Rejected(
                ErrorCode.HAND_NOT_DETECTED, "Hold your hand in front of the camera with the nails facing it.");
    }

    private static double edges(Tensor picture, int left, int top, int right, int bottom) {
        var sum = 0.0;
        var squares = 0.0;
        for (var y = top; y < bottom; y++) {
            for (var x = left; x < right; x++) {
                var laplacian = 4 * grey(picture, x, y)
                        - grey(picture, x - 1, y)
                        - grey(picture, x + 1, y)
                        - grey(picture, x, y - 1)
                        - grey(picture, x, y + 1);
                sum += laplacian;
                squares += laplacian * laplacian;
            }
        }
        var count = Math.max(1.0, (double) (right - left) * (bottom - top));
        return squares / count - sum / count * (sum / count);
    }

    private static double grey(Tensor picture, int x, int y) {
        var plane = picture.size(2) * picture.size(3);
        var at = y * picture.size(3) + x;
        var values = picture.values();
        return 0.299 * values.get(at) + 0.587 * values.get(plane + at) + 0.114 * values.get(2 * plane + at);
    }
}
