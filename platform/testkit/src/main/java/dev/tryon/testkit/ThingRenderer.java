package dev.tryon.testkit;

/** Draws a flat thing that lies on the plane of a swatch: its face, the side of it that is seen, and its shadow. */
final class ThingRenderer {
    private static final int SLICES = 8;
    private static final double SHADOW = 0.62;
    private static final double STEP = 0.04;

    private final ClothCamera camera;
    private final ClothLight light;
    private final float[] picture;

    /** Begins. @param picture linear colour, three values a pixel; drawn over, in place */
    ThingRenderer(ClothCamera camera, ClothLight light, float[] picture) {
        this.camera = camera;
        this.light = light;
        this.picture = picture;
    }

    /**
     * Draws.
     *
     * @param middle of the thing, on the plane
     * @param turn of the thing against the clock, in radians
     */
    void draw(FlatThing thing, Vector middle, double turn) {
        var scale = camera.focal() * camera.width();
        for (var pixel = 0; pixel < picture.length / 3; pixel++) {
            var line = pixel / camera.width();
            var across = (pixel % camera.width() + 0.5 - camera.width() / 2.0) / scale;
            var up = (camera.height() / 2.0 - line - 0.5) / scale;
            var ray = camera.forward()
                    .plus(camera.right().times(across))
                    .plus(camera.up().times(up));
            var ground = at(ray, 0);
            if (ground.minus(middle).length() > thing.reach() + 4 * thing.thickness() + 1) {
                continue;
            }
            draw(thing, pixel, ray, middle, turn);
        }
    }

    private void draw(FlatThing thing, int pixel, Vector ray, Vector middle, double turn) {
        var top = local(at(ray, thing.thickness()), middle, turn);
        if (thing.covers(top.x(), top.y())) {
            shade(thing, pixel, top, ray, turn);
            return;
        }
        for (var slice = SLICES - 1; slice >= 0; slice--) {
            var side = local(at(ray, thing.thickness() * slice / SLICES), middle, turn);
            if (thing.covers(side.x(), side.y())) {
                var color = thing.color(side.x(), side.y());
                for (var channel = 0; channel < 3; channel++) {
                    picture[3 * pixel + channel] = (float) (0.45 * color[channel] * (light.around() + 0.2));
                }
                return;
            }
        }
        var toLight = light.direction();
        var dark = 0;
        for (var slice = 1; slice <= SLICES; slice++) {
            var height = thing.thickness() * slice / SLICES;
            var over = local(at(ray, 0).plus(toLight.times(height / toLight.z())), middle, turn);
            dark += thing.covers(over.x(), over.y()) ? 1 : 0;
        }
        if (dark > 0) {
            var rest =
                    1 - SHADOW * light.strength() / (light.strength() + light.around()) * Math.min(1, 0.4 + dark / 3.0);
            for (var channel = 0; channel < 3; channel++) {
                picture[3 * pixel + channel] *= (float) rest;
            }
        }
    }

    private Vector at(Vector ray, double height) {
        return camera.eye().plus(ray.times((height - camera.eye().z()) / ray.z()));
    }

    private static Vector local(Vector place, Vector middle, double turn) {
        var away = place.minus(middle);
        return new Vector(
                away.x() * Math.cos(turn) + away.y() * Math.sin(turn),
                away.y() * Math.cos(turn) - away.x() * Math.sin(turn),
                0);
    }

    private void shade(FlatThing thing, int pixel, Vector top, Vector ray, double turn) {
        var slopeX = (thing.relief(top.x() + STEP, top.y()) - thing.relief(top.x() - STEP, top.y())) / (2 * STEP);
        var slopeY = (thing.relief(top.x(), top.y() + STEP) - thing.relief(top.x(), top.y() - STEP)) / (2 * STEP);
        var normal = new Vector(
                        -slopeX * Math.cos(turn) + slopeY * Math.sin(turn),
                        -slopeX * Math.sin(turn) - slopeY * Math.cos(turn),
                        1)
                .unit();
        var view = ray.times(-1).unit();
        var half = light.direction().plus(view).unit();
        var lit = Math.max(0, normal.dot(light.direction()));
        var mirrored = normal.times(2 * normal.dot(view)).minus(view);
        // What a metal mirrors: a bright ceiling, dark walls, a lamp.
        var sky = light.around() * (0.25 + 1.1 * Math.max(0, mirrored.z() - 0.35) + 0.3 * mirrored.y());
        var alpha = thing.roughness() * thing.roughness();
        var spread = Math.pow(Math.max(0, normal.dot(half)), 2) * (alpha * alpha - 1) + 1;
        var glint = lit * alpha * alpha / (4 * spread * spread);
        var color = thing.color(top.x(), top.y());
        for (var channel = 0; channel < 3; channel++) {
            var matte = color[channel] * (light.strength() * lit + light.around());
            var shine = light.strength() * glint;
            var metal = color[channel] * (sky + 0.35 * light.strength() * lit + 2.2 * shine);
            picture[3 * pixel + channel] =
                    (float) (metal * thing.metal() + (matte + 0.05 * shine) * (1 - thing.metal()));
        }
    }
}
