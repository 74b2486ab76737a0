package dev.tryon.models;

/**
 * A window that slides over one axis of a picture, as TFLite places it.
 *
 * @param input size of what it slides over
 * @param kernel size of the window, holes included
 * @param stride how far it slides at a time
 * @param output how many places it stops at
 * @param before how far it reaches over the axis's begin
 * @param after how far it reaches over the axis's end
 */
record Window(int input, int kernel, int stride, int output, int before, int after) {
    private static final int MAX_SIZE = 1 << 14;

    /**
     * Places a window.
     *
     * @param taps of the kernel
     * @param dilation distance between two taps
     */
    static Window placed(Padding padding, int input, int taps, int stride, int dilation) {
        if (taps < 1 || stride < 1 || dilation < 1 || taps > MAX_SIZE || stride > MAX_SIZE || dilation > MAX_SIZE) {
            throw Refusal.of("a window has an impossible size");
        }
        var kernel = Math.addExact(Math.multiplyExact(taps - 1, dilation), 1);
        return switch (padding) {
            case SAME -> {
                var output = Math.ceilDiv(input, stride);
                var total = Math.max((output - 1) * stride + kernel - input, 0);
                yield new Window(input, kernel, stride, output, total / 2, total - total / 2);
            }
            case VALID -> {
                if (kernel > input) {
                    throw Refusal.of("a window is larger than what it slides over");
                }
                yield new Window(input, kernel, stride, (input - kernel) / stride + 1, 0, 0);
            }
        };
    }

    boolean symmetric() {
        return before == after;
    }

    /** Returns whether the window stops once and sees the whole axis. */
    boolean global() {
        return output == 1 && before == 0 && kernel >= input;
    }

    /** How the file says that a window's places are chosen. */
    enum Padding {
        SAME,
        VALID;

        /** Reads the file's number. @param number of {@code SAME}, the next is {@code VALID}'s */
        static Padding of(int number, int same) {
            if (number == same) {
                return SAME;
            }
            if (number == same + 1) {
                return VALID;
            }
            throw Refusal.of("a window has a padding that is not known here, number " + number);
        }
    }
}
