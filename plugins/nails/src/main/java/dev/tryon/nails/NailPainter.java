package dev.tryon.nails;

import dev.tryon.spi.Frame;
import dev.tryon.spi.Patch;
import java.util.Optional;

/**
 * Paints polish on one nail at a time.
 *
 * <p>Each pixel of the nail is looked up in the nail's own frame, where the art is drawn, lit as the nail there is lit
 * and mixed with what is there in linear light. Plain source-over of the patch in sRGB gives the same picture.
 *
 * <p>Threads: one at a time; buffers are reused.
 */
final class NailPainter {
    /**
     * How much longer than seen a nail is painted, so that its free edge does not peep out. Little: the outline takes in
     * the free edge, and three hundredths already paint visibly past it.
     */
    static final double STRETCH = 0.01;

    private static final float BEND_ACROSS = 0.9f;
    private static final float BEND_ALONG = 0.32f;
    /** Steps of the table from v to row. */
    private static final int PLACES = 512;

    private static final float[] ROW_OF_PLACE = new float[PLACES + 1];

    static {
        for (var place = 0; place <= PLACES; place++) {
            ROW_OF_PLACE[place] = (float) (Math.acos(1 - 2.0 * place / PLACES) / Math.PI * (NailShape.ROWS - 1));
        }
    }

    private final Canvas canvas = new Canvas();
    private final NailLight light = new NailLight();
    private final Dab dab = new Dab();
    private final Sheen sheen = new Sheen();
    private final Composite composite = new Composite();
    private final PatchMemory memory = new PatchMemory();

    /** Where the last pixel looked up lies on the nail. */
    private float u;

    private float v;
    private float across;

    /**
     * Paints a nail.
     *
     * @param seed of the nail, for art that is strewn
     * @param opacity 0..1 of the whole, for a nail that comes or goes
     * @return the patch, inside the frame; empty if no part of the nail is
     */
    Optional<Patch> paint(Frame frame, NailShape nail, Polish polish, int seed, double opacity, SceneLight scene) {
        if (!canvas.open(frame, nail.outline(STRETCH))) {
            return Optional.empty();
        }
        light.read(canvas, frame, nail, scene);
        var halfWidth = (float) (0.5 * nail.width());
        var length = (float) (nail.length() * (1 + STRETCH));
        var art = Art.of(polish, seed, length / halfWidth, nail.angleRadians());
        var pixels = memory.take(4 * canvas.size());
        sheen.glare = light.glare();
        sheen.pixel = 1 / halfWidth;
        var cos = (float) Math.cos(nail.angleRadians());
        var sin = (float) Math.sin(nail.angleRadians());
        for (var row = 0; row < canvas.height; row++) {
            for (var column = 0; column < canvas.width; column++) {
                var i = row * canvas.width + column;
                if (canvas.covered[i] > 0) {
                    var dx = (float) (canvas.x + column + 0.5 - nail.centerX());
                    var dy = (float) (canvas.y + row + 0.5 - nail.centerY());
                    locate(nail, dx * cos + dy * sin, dy * cos - dx * sin, length, halfWidth);
                    art.at(u, v, across, v * length / halfWidth, sheen.pixel, dab);
                    light(i, polish, seed, length, halfWidth, nail, cos, sin);
                    composite.put(pixels, 4 * i, canvas, i, dab, sheen, scene, (float) opacity * canvas.covered[i]);
                }
            }
        }
        composite.spread(pixels, canvas);
        return Optional.of(new Patch(canvas.x, canvas.y, canvas.width, canvas.height, pixels));
    }

    /** Finds (u, v) of a place given along and across the axis from the centre, in pixels. */
    private void locate(NailShape nail, float alongPixels, float acrossPixels, float length, float halfWidth) {
        v = Math.clamp((alongPixels + 0.5f * (float) nail.length()) / length, 0f, 1f);
        var place = v * PLACES;
        var step = Math.min(PLACES - 1, (int) place);
        var rows = ROW_OF_PLACE[step] + (place - step) * (ROW_OF_PLACE[step + 1] - ROW_OF_PLACE[step]);
        var row = Math.min(NailShape.ROWS - 2, (int) rows);
        var t = rows - row;
        var left = nail.left(row) + t * (nail.left(row + 1) - nail.left(row));
        var right = nail.right(row) + t * (nail.right(row + 1) - nail.right(row));
        var seenLength = (float) nail.length();
        var middle = 0.5f * seenLength * (left + right);
        var half = Math.max(0.5f, 0.5f * seenLength * (right - left));
        u = Math.clamp((acrossPixels - middle) / half, -1f, 1f);
        across = Math.clamp((acrossPixels - middle) / halfWidth, -1.2f, 1.2f);
    }

    /** Sets normal and light at the place found, and asks the finish. */
    private void light(
            int i, Polish polish, int seed, float length, float halfWidth, NailShape nail, float cos, float sin) {
        var row = v * (1 - v) * 4;
        var side = (1 - Math.abs(u)) * halfWidth * Math.max(0.2f, (float) Math.sqrt(row));
        var fromEdge = Math.min(side, Math.min(v, 1 - v) * length);
        var thickness = 0.10f * halfWidth + 0.6f;
        // A coat of polish rounds off at its edge: the normal leans out there.
        var lean = 0.45f * Math.max(0, 1 - fromEdge / thickness);
        var bendAcross = Math.clamp(BEND_ACROSS * across + lean * u, -0.93f, 0.93f);
        var bendAlong = BEND_ALONG * (2 * v - 1);
        var squares = bendAcross * bendAcross + bendAlong * bendAlong;
        var shorten = squares > 0.95f ? (float) Math.sqrt(0.95f / squares) : 1;
        sheen.normalX = shorten * (bendAlong * cos - bendAcross * sin);
        sheen.normalY = shorten * (bendAlong * sin + bendAcross * cos);
        sheen.normalZ = (float) Math.sqrt(Math.max(0.05f, 1 - shorten * shorten * squares));
        sheen.across = across;
        sheen.along = v * length / halfWidth;
        sheen.highlight = light.highlight(canvas, i);
        sheen.light = light.exposure() * body(i, fromEdge, length, halfWidth);
        sheen.answer(dab, polish.finish(), (float) polish.shine(), seed, (float) nail.angleRadians());
    }

    /** Returns how the nail's own light and the coat's edge dim or raise the body here, about 1. */
    private float body(int i, float fromEdge, float length, float halfWidth) {
        // Thin polish shows the nail's ridges, thick polish levels them.
        var thinness = 1 - dab.coverage;
        var levelled = 0.12f + 0.7f * thinness;
        var detail = 1 + levelled * (light.detail(canvas, i) - 1);
        var shading = 1 + 0.8f * (light.shading(canvas, i) - 1);
        var occlusion = 1 - 0.20f * (float) Math.exp(-fromEdge / (0.07f * halfWidth + 0.3f));
        var cuticle = 1 - 0.22f * (float) Math.exp(-v * length / (0.05f * halfWidth + 0.5f));
        return shading * detail * occlusion * cuticle;
    }
}
