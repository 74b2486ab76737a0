package dev.tryon.testkit;

import dev.tryon.vision.LinearLight;
import java.util.Arrays;

/**
 * Draws cloth on a surface, lit: Lambert's diffuse light, GGX highlights (Walter 2007, Smith's shadowing as Heitz 2014),
 * and the sheen of KHR_materials_sheen (Estevez and Kulla 2017, Neubelt's visibility).
 *
 * <p>A z-buffer over triangles with coordinates that are right in perspective. One thread at a time.
 */
final class ClothRenderer {
    private static final double DIELECTRIC = 0.04;
    private static final double SOFTNESS = 3;
    private static final double LEAST_COSINE = 1e-4;

    private final ClothMaps maps;
    private final ClothLight light;
    private final ClothCamera camera;
    private final float[] depth;
    private final float[] picture;
    private final float[] sample = new float[ClothMaps.CHANNELS];
    private final double[] sheen;

    /**
     * Begins a picture.
     *
     * @param background linear colour, three values a pixel; the picture is drawn over it, in place
     */
    ClothRenderer(ClothMaps maps, ClothLight light, ClothCamera camera, float[] background) {
        this.maps = maps;
        this.light = light;
        this.camera = camera;
        this.picture = background;
        this.depth = new float[camera.width() * camera.height()];
        this.sheen = new double[] {
            LinearLight.ofByte(maps.sheen().red()),
            LinearLight.ofByte(maps.sheen().green()),
            LinearLight.ofByte(maps.sheen().blue())
        };
        Arrays.fill(depth, Float.MAX_VALUE);
    }

    /** Draws a surface over what is there already. */
    void draw(ClothShape shape) {
        for (var row = 0; row + 1 < shape.rows(); row++) {
            for (var column = 0; column + 1 < shape.columns(); column++) {
                var first = row * shape.columns() + column;
                var points = shape.points();
                var below = first + shape.columns();
                draw(points.get(first), points.get(first + 1), points.get(below));
                draw(points.get(first + 1), points.get(below + 1), points.get(below));
            }
        }
    }

    private void draw(ClothShape.Point a, ClothShape.Point b, ClothShape.Point c) {
        var seenA = camera.seen(a.place());
        var seenB = camera.seen(b.place());
        var seenC = camera.seen(c.place());
        var area =
                (seenB.x() - seenA.x()) * (seenC.y() - seenA.y()) - (seenC.x() - seenA.x()) * (seenB.y() - seenA.y());
        if (Math.abs(area) < 1e-9) {
            return;
        }
        var clothArea =
                (b.right() - a.right()) * (c.down() - a.down()) - (c.right() - a.right()) * (b.down() - a.down());
        var texelsPerMillimetre = maps.size() / maps.millimetres();
        var blur = 0.5 * Math.log(Math.abs(clothArea / area) * texelsPerMillimetre * texelsPerMillimetre) / Math.log(2);
        var left = (int) Math.max(0, Math.floor(Math.min(seenA.x(), Math.min(seenB.x(), seenC.x()))));
        var right = (int) Math.min(camera.width() - 1, Math.max(seenA.x(), Math.max(seenB.x(), seenC.x())));
        var top = (int) Math.max(0, Math.floor(Math.min(seenA.y(), Math.min(seenB.y(), seenC.y()))));
        var bottom = (int) Math.min(camera.height() - 1, Math.max(seenA.y(), Math.max(seenB.y(), seenC.y())));
        for (var y = top; y <= bottom; y++) {
            for (var x = left; x <= right; x++) {
                var shareB = ((x + 0.5 - seenA.x()) * (seenC.y() - seenA.y())
                                - (seenC.x() - seenA.x()) * (y + 0.5 - seenA.y()))
                        / area;
                var shareC = ((seenB.x() - seenA.x()) * (y + 0.5 - seenA.y())
                                - (x + 0.5 - seenA.x()) * (seenB.y() - seenA.y()))
                        / area;
                var shareA = 1 - shareB - shareC;
                if (shareA < 0 || shareB < 0 || shareC < 0) {
                    continue;
                }
                // What is linear on the surface is linear in the picture only over the distance.
                var weightA = shareA / seenA.z();
                var weightB = shareB / seenB.z();
                var weightC = shareC / seenC.z();
                var distance = 1 / (weightA + weightB + weightC);
                var pixel = y * camera.width() + x;
                if (distance < depth[pixel]) {
                    weightA *= distance;
                    weightB *= distance;
                    weightC *= distance;
                    maps.sample(
                            weightA * a.right() + weightB * b.right() + weightC * c.right(),
                            weightA * a.down() + weightB * b.down() + weightC * c.down(),
                            blur,
                            sample);
                    if (sample[8] > 0.99) {
                        depth[pixel] = (float) distance;
                    }
                    shade(
                            pixel,
                            blend(a.place(), b.place(), c.place(), weightA, weightB, weightC),
                            blend(a.normal(), b.normal(), c.normal(), weightA, weightB, weightC),
                            blend(a.tangent(), b.tangent(), c.tangent(), weightA, weightB, weightC));
                }
            }
        }
    }

    private static Vector blend(Vector a, Vector b, Vector c, double weightA, double weightB, double weightC) {
        return new Vector(
                weightA * a.x() + weightB * b.x() + weightC * c.x(),
                weightA * a.y() + weightB * b.y() + weightC * c.y(),
                weightA * a.z() + weightB * b.z() + weightC * c.z());
    }

    private void shade(int pixel, Vector place, Vector surface, Vector along) {
        var view = camera.eye().minus(place).unit();
        var facing = surface.dot(view) < 0 ? surface.times(-1).unit() : surface.unit();
        var tangent = along.minus(facing.times(facing.dot(along))).unit();
        var upwards = facing.cross(tangent);
        var normal = tangent.times(sample[3])
                .plus(upwards.times(sample[4]))
                .plus(facing.times(Math.max(0.05, sample[5])))
                .unit();
        var toLight = light.direction();
        var half = toLight.plus(view).unit();
        // The surface itself shades what faces away; softly, for lamps have a size.
        var lit = Math.max(0, normal.dot(toLight)) * Math.clamp(0.5 + SOFTNESS * facing.dot(toLight), 0, 1);
        var viewed = Math.max(LEAST_COSINE, normal.dot(view));
        var peak = Math.max(0, normal.dot(half));
        var roughness = Math.max(0.05, sample[6]);
        var mirror = DIELECTRIC + (1 - DIELECTRIC) * Math.pow(1 - Math.max(0, view.dot(half)), 5);
        var highlight = lit > 0 ? mirror * ggx(roughness, peak, lit, viewed) : 0;
        var rim = lit > 0 ? charlie(maps.sheenRoughness(), peak, lit, viewed) : 0;
        var open = sample[7];
        var sky = light.around() * open * (0.65 + 0.35 * normal.y());
        var edge = DIELECTRIC + (Math.max(1 - roughness, DIELECTRIC) - DIELECTRIC) * Math.pow(1 - viewed, 5);
        var rimSky = 0.35 * Math.pow(1 - viewed, 2);
        var cover = Math.min(1, sample[8]);
        for (var channel = 0; channel < 3; channel++) {
            var diffuse = sample[channel] * (1 - mirror) / Math.PI;
            var shine = highlight + sheen[channel] * rim;
            var value = light.strength() * Math.PI * lit * (diffuse + shine)
                    + sky * (sample[channel] + edge * (1 - roughness) + sheen[channel] * rimSky);
            var at = 3 * pixel + channel;
            picture[at] += (float) ((value - picture[at]) * cover);
        }
    }

    /** Returns GGX's density times Smith's visibility. */
    private static double ggx(double roughness, double peak, double lit, double viewed) {
        var alpha = roughness * roughness;
        var squared = alpha * alpha;
        var spread = peak * peak * (squared - 1) + 1;
        var density = squared / (Math.PI * spread * spread);
        var visibility = 0.5
                / (lit * Math.sqrt(viewed * viewed * (1 - squared) + squared)
                        + viewed * Math.sqrt(lit * lit * (1 - squared) + squared));
        return density * visibility;
    }

    /** Returns the density of fibres that stand, times Neubelt's visibility. */
    private static double charlie(double roughness, double peak, double lit, double viewed) {
        var inverse = 1 / Math.max(0.01, roughness * roughness);
        var sine = Math.sqrt(Math.max(1e-6, 1 - peak * peak));
        return (2 + inverse) * Math.pow(sine, inverse) / (2 * Math.PI) / (4 * (lit + viewed - lit * viewed));
    }
}
