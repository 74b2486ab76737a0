package dev.tryon.fabric;

import dev.tryon.spi.MaterialFacts.TileSize;

/**
 * Which part of a swatch becomes the tile, in shares of the swatch's width and height.
 *
 * @param origin of the tile, top left
 * @param across from its left side to its right one
 * @param down from its top to its bottom
 * @param overlap how much more of the swatch there is right of it and below it, as a share of the tile
 */
record TilePlace(Spot origin, Spot across, Spot down, double overlap) {
    /** Share of cloth without repeat that one tile takes: the rest is overlap. */
    private static final double LARGEST = 0.86;

    private static final double MOST_OVERLAP = 0.125;

    /** Returns the whole swatch. */
    static TilePlace whole() {
        return new TilePlace(new Spot(0, 0), new Spot(1, 0), new Spot(0, 1), 0);
    }

    /** Returns the middle of the swatch, by whole periods. @param margin left out all around, as a share */
    static TilePlace of(Repeat repeat, double margin) {
        return centered(repeat.across(), repeat.down(), margin);
    }

    /** Returns the largest square in the middle that leaves an overlap. @param aspect the swatch's width by its height */
    static TilePlace square(double aspect, double margin) {
        return centered(
                new Spot(LARGEST * Math.min(1, 1 / aspect), 0), new Spot(0, LARGEST * Math.min(1, aspect)), margin);
    }

    private static TilePlace centered(Spot across, Spot down, double margin) {
        var width = Math.abs(across.x()) + Math.abs(down.x());
        var height = Math.abs(across.y()) + Math.abs(down.y());
        var room = 1 - 2 * margin;
        var overlap = Math.clamp(Math.min(room / width, room / height) - 1, 0, MOST_OVERLAP);
        var reach = 1 + overlap;
        var left = 0.5 - reach * (across.x() + down.x()) / 2;
        var top = 0.5 - reach * (across.y() + down.y()) / 2;
        return new TilePlace(new Spot(left, top), across, down, overlap);
    }

    /** Returns a place that begins further right and down, by shares of the tile. */
    TilePlace moved(double rightwards, double downwards) {
        return new TilePlace(origin.plus(across.times(rightwards)).plus(down.times(downwards)), across, down, overlap);
    }

    /** Returns how large the tile is. @param width of the swatch in millimetres @param aspect its width by its height */
    TileSize size(double width, double aspect) {
        var height = width / aspect;
        return new TileSize(
                Math.hypot(across.x() * width, across.y() * height), Math.hypot(down.x() * width, down.y() * height));
    }

    /** Returns the map from the tile, as the unit square, to the swatch. */
    Projection projection() {
        return Projection.affine(across, down, origin);
    }
}
