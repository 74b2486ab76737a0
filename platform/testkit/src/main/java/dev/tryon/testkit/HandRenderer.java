package dev.tryon.testkit;

import static java.lang.Math.clamp;
import static java.lang.Math.hypot;
import static java.lang.Math.max;
import static java.lang.Math.sqrt;

import dev.tryon.spi.Frame;
import dev.tryon.spi.Rgb;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Draws the back of a hand from capsules, lit from the upper left, with nails whose place is known exactly.
 *
 * <p>The hand is a height field: each capsule is a round bar, smoothly joined to its neighbours; normals come from the
 * field's gradient. It is no photograph, but it has what a nail detector goes by: fingers that end in a plate with a
 * fold around it, a pale free edge and a highlight. Everything is deterministic in pose and seed.
 *
 * <p>Lengths are in finger widths. Thread-safe.
 */
public final class HandRenderer {
    private static final double LIGHT_X = -0.45;
    private static final double LIGHT_Y = -0.55;
    private static final double LIGHT_Z = 0.70;
    private static final Rgb TABLE = new Rgb(206, 200, 190);

    private final int width;
    private final int height;
    private final long seed;

    /** Makes a renderer of pictures of one size. @param seed of skin grain and background */
    public HandRenderer(int width, int height, long seed) {
        this.width = width;
        this.height = height;
        this.seed = seed;
    }

    /** A round bar from (ax, ay) to (bx, by) whose radius goes from ra to rb. */
    private record Bone(double ax, double ay, double bx, double by, double ra, double rb) {}

    /** A nail plate: its middle, its axis to the tip, half its length and half its width. */
    private record Plate(double x, double y, double axisX, double axisY, double halfLength, double halfWidth) {}

    /** Where fingers leave the palm, how far they reach, and how they lean against the middle finger. */
    private enum Finger {
        THUMB(-1.75, 0.9, 3.0, 1.12, -5.2),
        INDEX(-1.55, -1.55, 4.2, 0.96, -1.0),
        MIDDLE(-0.5, -1.9, 4.7, 1.0, 0.0),
        RING(0.55, -1.75, 4.3, 0.95, 0.9),
        LITTLE(1.5, -1.2, 3.4, 0.82, 2.0);

        private final double rootX;
        private final double rootY;
        private final double reach;
        private final double thickness;
        private final double lean;

        Finger(double rootX, double rootY, double reach, double thickness, double lean) {
            this.rootX = rootX;
            this.rootY = rootY;
            this.reach = reach;
            this.thickness = thickness;
            this.lean = lean;
        }
    }

    /** Draws one hand. @return the picture, which the caller closes */
    public RenderedHand render(HandPose pose) {
        var bones = new ArrayList<Bone>();
        var plates = new ArrayList<Plate>();
        assemble(pose, bones, plates);
        var field = heightField(bones);
        var frame = Frame.allocate(width, height);
        var nailPixels = new BitSet(width * height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                shade(pose, field, plates, x, y, frame, nailPixels);
            }
        }
        soften(frame);
        int visible = (int) plates.stream()
                .filter(plate -> plate.x >= 0 && plate.y >= 0 && plate.x < width && plate.y < height)
                .count();
        return new RenderedHand(frame, visible, nailPixels);
    }

    private void assemble(HandPose pose, List<Bone> bones, List<Plate> plates) {
        double unit = pose.scale() * height;
        double turnX = Math.sin(pose.angleRadians());
        double turnY = Math.cos(pose.angleRadians());
        double originX = pose.centerX() * width;
        double originY = pose.centerY() * height;
        for (var finger : Finger.values()) {
            double rootX = originX + unit * (finger.rootX * turnY - finger.rootY * turnX);
            double rootY = originY + unit * (finger.rootX * turnX + finger.rootY * turnY);
            double angle = pose.angleRadians() + finger.lean * pose.spread();
            double axisX = Math.sin(angle);
            double axisY = -Math.cos(angle);
            double reach = finger.reach * unit;
            double radius = 0.5 * finger.thickness * unit;
            double kneeX = rootX + 0.5 * reach * axisX;
            double kneeY = rootY + 0.5 * reach * axisY;
            double tipX = rootX + (reach - radius) * axisX;
            double tipY = rootY + (reach - radius) * axisY;
            bones.add(new Bone(rootX, rootY, kneeX, kneeY, 1.12 * radius, 1.02 * radius));
            bones.add(new Bone(kneeX, kneeY, tipX, tipY, 1.02 * radius, 0.88 * radius));
            double back = 0.28 * radius;
            plates.add(new Plate(tipX - back * axisX, tipY - back * axisY, axisX, axisY, 0.84 * radius, 0.64 * radius));
        }
        for (double side = -1.25; side <= 1.3; side += 0.5) {
            double topX = originX + unit * (side * turnY + 1.3 * turnX);
            double topY = originY + unit * (side * turnX - 1.3 * turnY);
            double footX = originX + unit * (0.75 * side * turnY - 4.5 * turnX);
            double footY = originY + unit * (0.75 * side * turnX + 4.5 * turnY);
            bones.add(new Bone(topX, topY, footX, footY, 0.72 * unit, 0.9 * unit));
        }
    }

    /** Returns the height of the hand above the table at every pixel, 0 where there is none. */
    private double[] heightField(List<Bone> bones) {
        var field = new double[width * height];
        for (var bone : bones) {
            double reach = max(bone.ra, bone.rb) + 1;
            int left = (int) clamp(Math.min(bone.ax, bone.bx) - reach, 0, width);
            int right = (int) clamp(max(bone.ax, bone.bx) + reach + 1, 0, width);
            int top = (int) clamp(Math.min(bone.ay, bone.by) - reach, 0, height);
            int bottom = (int) clamp(max(bone.ay, bone.by) + reach + 1, 0, height);
            double dx = bone.bx - bone.ax;
            double dy = bone.by - bone.ay;
            double lengthSquared = dx * dx + dy * dy;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    double along = clamp(((x - bone.ax) * dx + (y - bone.ay) * dy) / lengthSquared, 0.0, 1.0);
                    double radius = bone.ra + along * (bone.rb - bone.ra);
                    double away = hypot(x - bone.ax - along * dx, y - bone.ay - along * dy);
                    if (away < radius) {
                        double bar = sqrt(radius * radius - away * away);
                        int at = y * width + x;
                        // A power mean joins bars without the crease that a plain maximum leaves.
                        field[at] = Math.pow(Math.pow(field[at], 6) + Math.pow(bar, 6), 1 / 6.0);
                    }
                }
            }
        }
        return field;
    }

    private void shade(
            HandPose pose, double[] field, List<Plate> plates, int x, int y, Frame frame, BitSet nailPixels) {
        int at = y * width + x;
        double grain = grain(x, y);
        double coarse = smoothGrain(x / 5.0, y / 5.0 + 7_919);
        if (field[at] < 1) {
            double shadow = field[clamp(y - 6, 0, height - 1) * width + clamp(x - 6, 0, width - 1)] > 1 ? 0.72 : 1;
            double fall = 1.02 - 0.18 * x / width - 0.10 * y / height + 0.02 * grain + 0.015 * coarse;
            put(frame, x, y, TABLE, shadow * fall * pose.light(), 0);
            return;
        }
        double slopeX = field[y * width + Math.min(x + 1, width - 1)] - field[y * width + max(x - 1, 0)];
        double slopeY = field[Math.min(y + 1, height - 1) * width + x] - field[max(y - 1, 0) * width + x];
        double norm = sqrt(slopeX * slopeX + slopeY * slopeY + 4);
        double diffuse = max(0, (-slopeX * LIGHT_X - slopeY * LIGHT_Y + 2 * LIGHT_Z) / norm);
        double rim = 2 / norm;
        double light = (0.30 + 0.78 * diffuse) * (0.80 + 0.20 * sqrt(rim)) * pose.light();
        for (var plate : plates) {
            double along = ((x - plate.x) * plate.axisX + (y - plate.y) * plate.axisY) / plate.halfLength;
            double across = ((x - plate.x) * -plate.axisY + (y - plate.y) * plate.axisX) / plate.halfWidth;
            // A superellipse: rounder at the cuticle (along < 0) than at the tip.
            double power = along < 0 ? 2.2 : 3.2;
            double edge = Math.pow(Math.abs(along), power) + Math.pow(Math.abs(across), 2.6);
            if (edge <= 1) {
                nailPixels.set(at);
                put(
                        frame,
                        x,
                        y,
                        plateColor(pose.skin(), along + 0.16 * across * across),
                        light * 1.04,
                        gloss(along, across) * pose.light());
                return;
            }
            if (edge < 1.45) {
                light *= 0.80 + 0.20 * (edge - 1) / 0.45;
            }
        }
        put(frame, x, y, pose.skin(), light * (1 + 0.025 * grain + 0.03 * coarse), 0);
    }

    /** Flesh shows through the plate; the half-moon and the free edge are paler. */
    private static Rgb plateColor(Rgb skin, double along) {
        double pale = along > 0.72 ? 0.62 : along < -0.62 ? 0.30 : 0.14;
        return new Rgb(
                (int) (skin.red() + pale * (248 - skin.red())),
                (int) (0.93 * skin.green() + pale * (228 - 0.93 * skin.green())),
                (int) (0.95 * skin.blue() + pale * (216 - 0.95 * skin.blue())));
    }

    /** A window's reflection: a soft stripe left of the middle. */
    private static double gloss(double along, double across) {
        double stripe = (across + 0.35) / 0.16;
        return 0.30 * Math.exp(-stripe * stripe) * max(0, 1 - along * along);
    }

    private static void put(Frame frame, int x, int y, Rgb color, double light, double added) {
        int at = y * frame.strideBytes() + Frame.CHANNELS * x;
        var pixels = frame.pixels();
        pixels.put(at, channel(color.blue(), light, added));
        pixels.put(at + 1, channel(color.green(), light, added));
        pixels.put(at + 2, channel(color.red(), light, added));
    }

    private static byte channel(int value, double light, double added) {
        return (byte) clamp(Math.round(value * light + 255 * added), 0, 255);
    }

    /** As {@link #grain}, between whole numbers interpolated. */
    private double smoothGrain(double x, double y) {
        int left = (int) x;
        int top = (int) y;
        double right = x - left;
        double down = y - top;
        double upper = grain(left, top) * (1 - right) + grain(left + 1, top) * right;
        double lower = grain(left, top + 1) * (1 - right) + grain(left + 1, top + 1) * right;
        return upper * (1 - down) + lower * down;
    }

    /** Softens edges as a lens does, which also hides that pixels are all or nothing: weights 1 2 1 both ways. */
    private static void soften(Frame frame) {
        int stride = frame.strideBytes();
        for (int step : new int[] {Frame.CHANNELS, stride}) {
            var source = new byte[stride * frame.height()];
            frame.pixels().get(0, source);
            for (int at = step; at < source.length - step; at++) {
                int sum = (source[at - step] & 0xFF) + 2 * (source[at] & 0xFF) + (source[at + step] & 0xFF);
                frame.pixels().put(at, (byte) ((sum + 2) >> 2));
            }
        }
    }

    /** A number in -1..1 that looks random and is the same every time (the finalizer of SplitMix64). */
    private double grain(int x, int y) {
        long bits = seed + 0x9E3779B97F4A7C15L * (x * 73_856_093L ^ y * 19_349_663L);
        bits = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ bits >>> 27) * 0x94D049BB133111EBL;
        return ((bits ^ bits >>> 31) >> 11) / (double) (1L << 52);
    }
}
