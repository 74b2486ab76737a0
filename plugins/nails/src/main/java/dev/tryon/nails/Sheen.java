package dev.tryon.nails;

/**
 * How a finish answers the light: body colour and reflections at one place of a nail.
 *
 * <p>A nail is taken for a shell that bends strongly across and a little along. Reflections come from one soft window
 * up to the left of the picture and a fainter one down to the right, at the same place for every nail, so that they
 * wander over a nail as the hand turns.
 *
 * <p>Threads: one at a time; set the place, then call {@link #answer}.
 */
final class Sheen {
    private static final float WINDOW_X = -0.40f;
    private static final float WINDOW_Y = -0.30f;
    private static final float WINDOW_REACH = 0.25f;
    private static final float FILL_X = 0.66f;
    private static final float FILL_Y = 0.30f;
    /** The unit vector half way between the window and the eye. */
    private static final float HALF_X = -0.205f;

    private static final float HALF_Y = -0.154f;
    private static final float HALF_Z = 0.967f;

    /** Unit normal, x and y as in the picture and z towards the eye. */
    float normalX;
    /** Unit normal. */
    float normalY;
    /** Unit normal. */
    float normalZ;
    /** Place in half nail widths. */
    float across;
    /** Place in half nail widths. */
    float along;
    /** Size of a frame pixel in half nail widths. */
    float pixel;
    /** Light on the body: exposure, shading and detail together. */
    float light;
    /** The nail's own highlight here, linear light. */
    float highlight;
    /** How much the nail already mirrors, 0..1: the more, the less is added. */
    float glare;

    /** The answer: light that comes back from the polish's body. */
    float red;
    /** The answer. */
    float green;
    /** The answer. */
    float blue;
    /** The answer: light mirrored on top, in the light's own colour. */
    float mirrored;

    /** Works out what the eye sees of the polish here. */
    void answer(Dab dab, Finish finish, float shine, int seed, float roll) {
        var flash = 1 + dab.flash;
        body(dab, light * flash);
        mirrored = 0;
        switch (finish) {
            case GLOSSY -> gloss(shine);
            case MATTE -> matte();
            case METALLIC -> metallic(dab, shine, seed);
            case CHROME -> chrome(dab, shine);
            case CAT_EYE -> catEye(dab, shine, seed, roll);
        }
    }

    private void body(Dab dab, float amount) {
        red = dab.red * amount;
        green = dab.green * amount;
        blue = dab.blue * amount;
    }

    private void gloss(float shine) {
        var added = window(0.9f) + 0.05f * lobe(14) + 0.10f * fill();
        mirrored = shine * exposed() * (1.15f * added * (1 - 0.7f * glare) + rim()) + (0.4f + 0.6f * shine) * highlight;
    }

    private void matte() {
        // Powder scatters: a little white mist over the body, and of the nail's own highlights a fifth.
        mirrored = exposed() * (0.004f + 0.008f * lobe(3)) + 0.2f * highlight;
    }

    private void metallic(Dab dab, float shine, int seed) {
        var grain = Noise.of(seed + 41, (int) Math.floor(across * 21), (int) Math.floor(along * 21));
        var fine = 0.80f + 0.40f * grain;
        var broad = 0.48f + 0.75f * lobe(7) * fine + 1.1f * shine * lobe(25) * fine;
        body(dab, light * broad * (1 + dab.flash));
        mirrored = exposed() * shine * (0.12f * window(0.5f) + 0.10f * lobe(30)) + 0.5f * highlight;
    }

    private void chrome(Dab dab, float shine) {
        // A room as a mirror sees it: bright above, a dark band at the horizon, a paler floor.
        var height = -2 * normalZ * normalY - 0.5f * normalZ * normalX;
        var sky = 0.55f + 0.75f * Noise.step(0.02f, 0.5f, height);
        var floor = 0.62f - 0.25f * Noise.step(-0.9f, -0.25f, height);
        var room = floor + (sky - floor) * Noise.step(-0.10f, 0.06f, height);
        var dark = 1 - 0.62f * (1 - Noise.step(0, 0.17f, Math.abs(height + 0.16f)));
        body(dab, light * room * dark * (0.9f + 0.25f * shine));
        mirrored = exposed() * shine * (0.75f * window(0.8f) + 0.15f * fill() + rim()) + 0.7f * highlight;
    }

    private void catEye(Dab dab, float shine, int seed, float roll) {
        var slant = 0.82f * across + 0.42f * (along - 1.2f) - 0.42f * (float) Math.sin(2 * roll);
        var band = (float) Math.exp(-slant * slant / 0.075f);
        var grain = 0.65f + 0.7f * Noise.of(seed + 43, (int) Math.floor(across * 19), (int) Math.floor(along * 19));
        body(dab, light * (0.38f + band * grain * (0.9f + 1.5f * shine)));
        mirrored = exposed()
                        * (0.09f * band * grain * shine
                                + 0.6f * shine * window(0.9f) * (1 - 0.7f * glare)
                                + shine * rim())
                + 0.6f * highlight;
    }

    private float exposed() {
        return Math.min(1.1f, light);
    }

    /** Returns the window's mirror image, 0..1, its edges no sharper than a pixel. @param reach of it, over the usual */
    private float window(float reach) {
        var soft = 0.10f + 1.1f * pixel;
        var half = WINDOW_REACH * reach;
        var dx = Math.abs(2 * normalZ * normalX - WINDOW_X);
        var dy = Math.abs(2 * normalZ * normalY - WINDOW_Y);
        return (1 - Noise.step(half - soft, half + soft, dx)) * (1 - Noise.step(half - soft, half + soft, dy));
    }

    private float fill() {
        var dx = 2 * normalZ * normalX - FILL_X;
        var dy = 2 * normalZ * normalY - FILL_Y;
        return (float) Math.exp(-(dx * dx + dy * dy) / 0.10f);
    }

    /** Returns a lobe (n·h)^m, as the exponential that it is close to. */
    private float lobe(float power) {
        var cosine = HALF_X * normalX + HALF_Y * normalY + HALF_Z * normalZ;
        return (float) Math.exp(-power * (1 - cosine));
    }

    /** Returns Schlick's Fresnel term without its constant part: a clear coat mirrors more where it turns away. */
    private float rim() {
        var away = 1 - normalZ;
        var square = away * away;
        return 0.5f * square * square * away;
    }
}
