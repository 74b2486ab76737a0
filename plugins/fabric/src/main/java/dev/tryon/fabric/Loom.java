package dev.tryon.fabric;

import java.util.List;

/**
 * Weaves: lays warp and weft by a draft, each yarn pressed around the others.
 *
 * @param draft which is on top where
 * @param ends warp yarns across the tile; a multiple of the draft's and of the warp's colours
 * @param picks weft yarns down the tile; likewise
 * @param warp fibres of the warp yarns, from the left, repeated
 * @param weft fibres of the weft yarns, from the top, repeated
 * @param warpCover the warp yarn's width as a share of the room it has; over 1 they press against each other
 * @param weftCover the weft yarn's
 * @param warpCrimp how far the warp rises and dives, as a share of the weft's thickness; the weft does the rest
 * @param slub how uneven yarns are in thickness, 0 to 1
 * @param wander how far yarns stray sideways, as a share of the room they have
 */
record Loom(
        Draft draft,
        int ends,
        int picks,
        List<Fibre> warp,
        List<Fibre> weft,
        double warpCover,
        double weftCover,
        double warpCrimp,
        double slub,
        double wander) {
    private static final int STEPS = 6;
    private static final double SLUB_MILLIMETRES = 3;
    private static final double WANDER_MILLIMETRES = 2;
    private static final double WEFT_SEEDS = 1 << 20;

    /** Copies the colours; checks that the pattern closes at the tile's edges. */
    Loom {
        warp = List.copyOf(warp);
        weft = List.copyOf(weft);
        if (ends % draft.rows().getFirst().length() != 0
                || picks % draft.rows().size() != 0
                || ends % warp.size() != 0
                || picks % weft.size() != 0) {
            throw new IllegalArgumentException(
                    "the pattern does not close after %d ends and %d picks".formatted(ends, picks));
        }
    }

    /**
     * Lays all yarns.
     *
     * @param field to lay them on, empty
     * @param millimetres of the tile's side
     */
    void weave(YarnField field, double millimetres, int seed) {
        var endRoom = millimetres / ends;
        var pickRoom = millimetres / picks;
        var warpRadius = warpCover * endRoom / 2;
        var weftRadius = weftCover * pickRoom / 2;
        var depth = (warpRadius + weftRadius) / 2;
        for (var end = 0; end < ends; end++) {
            var yarn = new Yarn(warp.get(end % warp.size()), seed + end);
            for (var step = 0; step <= picks * STEPS; step++) {
                var pick = step / (double) STEPS;
                var y = pick * pickRoom;
                var lift = lift(pick, end, true);
                yarn.to(
                        (end + 0.5) * endRoom + stray(y, millimetres, yarn.seed(), endRoom),
                        y,
                        depth * warpCrimp * lift,
                        warpRadius * thickness(y, millimetres, yarn.seed(), lift));
            }
            field.lay(yarn);
        }
        for (var pick = 0; pick < picks; pick++) {
            var yarn = new Yarn(weft.get(pick % weft.size()), seed + (int) WEFT_SEEDS + pick);
            for (var step = 0; step <= ends * STEPS; step++) {
                var end = step / (double) STEPS;
                var x = end * endRoom;
                var lift = lift(end, pick, false);
                yarn.to(
                        x,
                        (pick + 0.5) * pickRoom + stray(x, millimetres, yarn.seed(), pickRoom),
                        depth * (2 - warpCrimp) * lift,
                        weftRadius * thickness(x, millimetres, yarn.seed(), lift));
            }
            field.lay(yarn);
        }
    }

    /** Returns -1 (under) to 1 (over): level at crossings of one kind, a half cosine between others. */
    private double lift(double place, int yarn, boolean warpYarn) {
        var floor = (int) Math.floor(place - 0.5);
        var share = place - 0.5 - floor;
        var from = side(floor, yarn, warpYarn);
        var to = side(floor + 1, yarn, warpYarn);
        return from + (to - from) * (1 - Math.cos(Math.PI * share)) / 2;
    }

    private int side(int crossing, int yarn, boolean warpYarn) {
        var warpOnTop = warpYarn ? draft.warpOnTop(yarn, crossing) : !draft.warpOnTop(crossing, yarn);
        return warpOnTop ? 1 : -1;
    }

    /** Yarns spread where nothing holds them down, and are squeezed where they dive. */
    private double thickness(double place, double millimetres, int seed, double lift) {
        var cells = (int) Math.max(2, Math.round(millimetres / SLUB_MILLIMETRES));
        var uneven = Noise.line(place / millimetres * cells, cells, seed + 7) - 0.5;
        var fine = Noise.line(place / millimetres * cells * 4, cells * 4, seed + 11) - 0.5;
        return (1 + slub * (uneven + 0.5 * fine)) * (1 + 0.06 * lift);
    }

    private double stray(double place, double millimetres, int seed, double room) {
        var cells = (int) Math.max(2, Math.round(millimetres / WANDER_MILLIMETRES));
        return wander * room * (2 * Noise.line(place / millimetres * cells, cells, seed + 3) - 1);
    }
}
