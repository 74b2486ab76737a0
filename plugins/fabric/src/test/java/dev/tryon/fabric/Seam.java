package dev.tryon.fabric;

import java.util.Arrays;

/** How much a tile differs across its edges, compared with neighbours inside it. */
final class Seam {
    private Seam() {}

    /**
     * Returns the worse axis's ratio of the difference across the wrap to that between the two most different lines
     * inside: 1 at most where nothing shows. Yarns end at the edge as they do inside, so that the mean would not do.
     */
    static double worst(Texels texels) {
        return Math.max(ratio(texels, 1, 0), ratio(texels, 0, 1));
    }

    private static double ratio(Texels texels, int right, int down) {
        var lines = new double[right == 1 ? texels.width() : texels.height()];
        for (var y = 0; y < texels.height(); y++) {
            for (var x = 0; x < texels.width(); x++) {
                lines[right == 1 ? x : y] +=
                        difference(texels, x, y, (x + right) % texels.width(), (y + down) % texels.height());
            }
        }
        var wrap = lines[lines.length - 1];
        return wrap / Arrays.stream(lines, 0, lines.length - 1).max().orElseThrow();
    }

    private static double difference(Texels texels, int x, int y, int otherX, int otherY) {
        var sum = 0.0;
        for (var channel = 0; channel < 3; channel++) {
            var one = texels.rgb()[3 * (y * texels.width() + x) + channel] & 0xFF;
            var other = texels.rgb()[3 * (otherY * texels.width() + otherX) + channel] & 0xFF;
            sum += (one - other) * (one - other);
        }
        return Math.sqrt(sum);
    }
}
