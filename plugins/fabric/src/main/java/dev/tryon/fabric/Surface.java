package dev.tryon.fabric;

/**
 * A relief that tiles, as light meets it: which way it faces, and how much of the sky it sees.
 *
 * @param height 0 to 1
 * @param relief how far 1 lies above 0, as a share of the plane's width
 */
record Surface(Plane height, double relief) {
    private static final int[] RADII = {2, 5, 11, 24};
    private static final double[] WEIGHTS = {0.3, 0.3, 0.25, 0.15};
    private static final double STRENGTH = 2.2;

    /**
     * Returns the normals, x to the right and y up (OpenGL): normalise(-dh/dx, dh/ddown, 1).
     *
     * <p>Slopes are Scharr's, which favour no direction, wrapped at the edges.
     */
    Texels normals() {
        var width = height.width();
        var rows = height.height();
        var rgb = new byte[3 * width * rows];
        var scale = relief * width / 32;
        for (var y = 0; y < rows; y++) {
            for (var x = 0; x < width; x++) {
                var slopeX = scale * slope(x, y, 1, 0);
                var slopeY = scale * slope(x, y, 0, 1);
                var length = Math.sqrt(slopeX * slopeX + slopeY * slopeY + 1);
                var at = 3 * (y * width + x);
                rgb[at] = stored(-slopeX / length);
                rgb[at + 1] = stored(slopeY / length);
                rgb[at + 2] = stored(1 / length);
            }
        }
        return new Texels(width, rows, rgb);
    }

    /** Returns 32 times the slope along a direction. */
    private double slope(int x, int y, int right, int down) {
        var ahead = 10 * height.at(x + right, y + down)
                + 3 * (height.at(x + right + down, y + down + right) + height.at(x + right - down, y + down - right));
        var behind = 10 * height.at(x - right, y - down)
                + 3 * (height.at(x - right + down, y - down + right) + height.at(x - right - down, y - down - right));
        return ahead - behind;
    }

    private static byte stored(double part) {
        return (byte) Math.round((part + 1) / 2 * 255);
    }

    /**
     * Returns the share of the sky that each texel sees, 1 on what stands out.
     *
     * <p>At four distances: how far the texel lies below its surroundings' mean, over the distance.
     */
    Plane occlusion() {
        var width = height.width();
        var closed = new float[height.values().length];
        for (var level = 0; level < RADII.length; level++) {
            // Distances are shares of the tile, so that they mean the same at every size.
            var radius = Math.max(1, (int) Math.round(RADII[level] * width / 1024.0));
            var around = Blur.box(Blur.box(height, radius), radius);
            var scale = (float) (WEIGHTS[level] * relief * width / radius);
            for (var texel = 0; texel < closed.length; texel++) {
                closed[texel] += scale * Math.max(0, around.values()[texel] - height.values()[texel]);
            }
        }
        for (var texel = 0; texel < closed.length; texel++) {
            closed[texel] = (float) (1 / (1 + STRENGTH * closed[texel]));
        }
        return new Plane(width, height.height(), closed);
    }
}
