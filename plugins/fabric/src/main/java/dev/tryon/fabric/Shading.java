package dev.tryon.fabric;

/**
 * Turns yarns that lie in a field into cloth: their twist, their fibres, and their colour.
 *
 * @param bottom how far below the tile's middle plane light is lost, in millimetres
 */
record Shading(double bottom) {
    private static final double FIBRE_MILLIMETRES = 1.1;
    private static final int FIBRES_AROUND = 26;
    private static final double EDGE_SHADE = 0.22;
    private static final int TEXELS_A_STEP = 1 << 16;

    /** Shades every texel; gaps between yarns are holes if the cloth is a net, and dark ground if not. */
    Cloth shade(YarnField field, double millimetres, Ground ground) {
        var cloth = new Cloth(field.size(), millimetres);
        var looks = new Look[field.yarns()];
        for (var number = 0; number < looks.length; number++) {
            looks[number] = Look.of(field.yarn(number));
        }
        var behind = field.yarn(0).fibre().color();
        for (var texel = 0; texel < field.size() * field.size(); texel++) {
            var owner = field.owner(texel);
            if (owner == YarnField.NONE) {
                switch (ground) {
                    case HOLES -> cloth.hole(texel, -bottom, behind);
                    case DARK -> cloth.set(texel, -bottom, behind, 0.25, 0.95);
                }
            } else {
                shade(cloth, field, texel, looks[owner]);
            }
            if (texel % TEXELS_A_STEP == 0) {
                field.work().next();
            }
        }
        return cloth;
    }

    private void shade(Cloth cloth, YarnField field, int texel, Look look) {
        var fibre = look.fibre;
        var along = field.along(texel);
        var across = field.across(texel);
        var angle = Math.asin(Math.max(-1, Math.min(1, across))) / (2 * Math.PI); // turns, -1/4 to 1/4
        var twisted = angle + along * look.turns;
        // Fibres are lines of equal turn: long along the yarn, narrow across.
        var strand = Noise.sheet(along * look.cells, twisted * FIBRES_AROUND, look.cells, FIBRES_AROUND, look.seed);
        var fine = Noise.sheet(
                along * look.cells * 2, twisted * FIBRES_AROUND * 2, look.cells * 2, FIBRES_AROUND * 2, look.seed + 1);
        var fibres = 0.6 * strand + 0.4 * fine - 0.5;
        var ply = fibre.plies() > 1 ? Math.abs(Math.sin(Math.PI * fibre.plies() * twisted)) - 0.64 : 0;
        var top = field.top(texel) + fibre.bulk() * look.radius * (0.7 * ply + 1.1 * fibres);
        var depth = Math.max(0, Math.min(1, (top + bottom) / (2 * bottom)));
        var shade = look.shade
                * (1 + 2 * fibre.contrast() * fibres + 0.35 * fibre.contrast() * ply)
                * (1 + fibre.unevenness() * (Noise.line(along * look.patches, look.patches, look.seed + 2) - 0.5))
                * (1 - EDGE_SHADE * across * across)
                * (0.72 + 0.28 * depth);
        var matte = fibre.roughness() + 0.1 * (0.5 - depth) - 0.12 * fibres;
        cloth.set(texel, top, fibre.color(), Math.max(0.05, shade), matte);
        if (fibre.worn() > 0) {
            cloth.pale(texel, fibre.worn() * Math.pow(depth, 3) * Math.max(0, 0.6 + 1.6 * fibres));
        }
    }

    /** What shows where there is no yarn. */
    enum Ground {
        /** Nothing: the cloth is a net. */
        HOLES,
        /** The yarns further down, in the dark. */
        DARK
    }

    /** What is the same all along one yarn. */
    private record Look(Fibre fibre, int turns, int cells, int patches, double radius, double shade, int seed) {
        static Look of(Yarn yarn) {
            var length = yarn.length();
            var fibre = yarn.fibre();
            return new Look(
                    fibre,
                    (int) Math.round(length * fibre.turnsPerMillimetre()),
                    (int) Math.max(2, Math.round(length / FIBRE_MILLIMETRES)),
                    (int) Math.max(2, Math.round(length / 4)),
                    yarn.radius(0),
                    1 + fibre.unevenness() * (Noise.hash(yarn.seed(), 5) - 0.5),
                    yarn.seed());
        }
    }
}
