package dev.tryon.fabric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A square of cloth seen from straight above: which yarn lies on top at each texel, where on it, and how high.
 *
 * <p>Yarns are laid one after another, in any order; what leaves the square on one side comes in on the other. One
 * thread at a time.
 */
final class YarnField {
    /** What {@link #yarn} says where there is none. */
    static final int NONE = -1;

    private static final double JOINT_TEXELS = 0.75;
    private static final int POINTS_A_STEP = 2000;

    private final int size;
    private final Steps work;
    private final int mask;
    private final double texelsPerMillimetre;
    private final float[] top;
    private final float[] along;
    private final float[] across;
    private final int[] owner;
    private final List<Yarn> yarns = new ArrayList<>();
    private int laidPoints;

    /**
     * Makes a square without yarns.
     *
     * @param size in texels, a power of two
     * @param millimetres of its side
     * @param work a step of it is done with some yarns
     */
    YarnField(int size, double millimetres, Steps work) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("a field's size is a power of two, not " + size);
        }
        this.size = size;
        this.work = work;
        this.mask = size - 1;
        this.texelsPerMillimetre = size / millimetres;
        this.top = new float[size * size];
        this.along = new float[size * size];
        this.across = new float[size * size];
        this.owner = new int[size * size];
        Arrays.fill(top, Float.NEGATIVE_INFINITY);
        Arrays.fill(owner, NONE);
    }

    int size() {
        return size;
    }

    /** Returns what is told how the work goes on. */
    Steps work() {
        return work;
    }

    /** Returns the surface's height at a texel in millimetres; minus infinity where there is no yarn. */
    float top(int texel) {
        return top[texel];
    }

    /** Returns where on its yarn a texel lies, 0 (its beginning) to 1. */
    float along(int texel) {
        return along[texel];
    }

    /** Returns how far from the yarn's middle a texel lies, -1 to 1. */
    float across(int texel) {
        return across[texel];
    }

    /** Returns the number of the yarn on top at a texel, or {@link #NONE}. */
    int owner(int texel) {
        return owner[texel];
    }

    /** Returns a yarn by its number. */
    Yarn yarn(int number) {
        return yarns.get(number);
    }

    int yarns() {
        return yarns.size();
    }

    /** Returns the height at a place in millimetres, or the fallback where there is no yarn. */
    double heightAt(double x, double y, double fallback) {
        var height = top[texel(x, y)];
        return height == Float.NEGATIVE_INFINITY ? fallback : height;
    }

    /** Returns the fibre on top at a place in millimetres, or the fallback where there is no yarn. */
    Fibre fibreAt(double x, double y, Fibre fallback) {
        var number = owner[texel(x, y)];
        return number == NONE ? fallback : yarns.get(number).fibre();
    }

    private int texel(double x, double y) {
        var column = (int) Math.floor(x * texelsPerMillimetre) & mask;
        var row = (int) Math.floor(y * texelsPerMillimetre) & mask;
        return row * size + column;
    }

    /** Lays a yarn: it shows wherever it is higher than what lies there already. */
    void lay(Yarn yarn) {
        var number = yarns.size();
        yarns.add(yarn);
        var whole = Math.max(1e-9, yarn.length());
        var passed = 0.0;
        for (var point = 1; point < yarn.points(); point++) {
            var length = Math.hypot(yarn.x(point) - yarn.x(point - 1), yarn.y(point) - yarn.y(point - 1));
            laySegment(yarn, number, point, passed / whole, (passed + length) / whole);
            passed += length;
        }
        laidPoints += yarn.points();
        if (laidPoints >= POINTS_A_STEP) {
            laidPoints = 0;
            work.next();
        }
    }

    private void laySegment(Yarn yarn, int number, int point, double from, double to) {
        var x = yarn.x(point - 1) * texelsPerMillimetre;
        var y = yarn.y(point - 1) * texelsPerMillimetre;
        var stepX = yarn.x(point) * texelsPerMillimetre - x;
        var stepY = yarn.y(point) * texelsPerMillimetre - y;
        var squared = stepX * stepX + stepY * stepY;
        if (squared == 0) {
            return;
        }
        // Segments end square, but for what closes the wedge at a bend: round ends would bulge over their neighbours.
        var joint = JOINT_TEXELS / Math.sqrt(squared);
        var z = yarn.z(point - 1);
        var stepZ = yarn.z(point) - z;
        var radius = yarn.radius(point - 1);
        var stepRadius = yarn.radius(point) - radius;
        var reach = Math.max(radius, radius + stepRadius) * texelsPerMillimetre;
        var left = (int) Math.floor(Math.min(x, x + stepX) - reach);
        var right = (int) Math.ceil(Math.max(x, x + stepX) + reach);
        var upper = (int) Math.floor(Math.min(y, y + stepY) - reach);
        var lower = (int) Math.ceil(Math.max(y, y + stepY) + reach);
        for (var row = upper; row <= lower; row++) {
            var offsetY = row + 0.5 - y;
            for (var column = left; column <= right; column++) {
                var offsetX = column + 0.5 - x;
                var dot = offsetX * stepX + offsetY * stepY;
                var beside = dot / squared;
                if (beside < -joint || beside > 1 + joint) {
                    continue;
                }
                var share = Math.min(1, Math.max(0, beside));
                var awayX = offsetX - share * stepX;
                var awayY = offsetY - share * stepY;
                var here = radius + share * stepRadius;
                var limit = here * texelsPerMillimetre;
                var distance = awayX * awayX + awayY * awayY;
                if (distance < limit * limit) {
                    var part = Math.sqrt(distance) / limit;
                    var height = (float) (z + share * stepZ + here * Math.sqrt(1 - part * part));
                    var texel = (row & mask) * size + (column & mask);
                    if (height > top[texel]) {
                        var side = Math.signum(stepX * awayY - stepY * awayX);
                        top[texel] = height;
                        along[texel] = (float) (from + share * (to - from));
                        across[texel] = (float) (side * part);
                        owner[texel] = number;
                    }
                }
            }
        }
    }
}
