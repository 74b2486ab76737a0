package dev.tryon.spi;

import java.util.Map;
import java.util.Optional;

/**
 * What is known of a material besides its maps.
 *
 * @param kind what it is, {@code denim} say
 * @param size of the piece that one tile shows, where it is known
 * @param relief how far the highest place lies above the deepest, as a share of the tile's width, 0..1
 * @param roughness mean of its map, 0 (mirror) to 1 (matte)
 * @param metalness mean of its map, 0 (none) to 1 (metal)
 * @param sheen what its fibres scatter, where they do
 * @param maps the file that each map has in the material's archive, by the map's name: {@code basecolor}, {@code normal}
 */
public record MaterialFacts(
        String kind,
        Optional<TileSize> size,
        double relief,
        double roughness,
        double metalness,
        Optional<Sheen> sheen,
        Map<String, String> maps) {

    /** Copies the maps' names and checks the ranges. */
    public MaterialFacts {
        if (!isShare(relief) || !isShare(roughness) || !isShare(metalness)) {
            throw new IllegalArgumentException(
                    "relief, roughness and metalness are 0 to 1, not " + relief + ", " + roughness + ", " + metalness);
        }
        maps = Map.copyOf(maps);
    }

    /**
     * The size of what the maps show once.
     *
     * @param widthMillimetres above 0
     * @param heightMillimetres above 0
     */
    public record TileSize(double widthMillimetres, double heightMillimetres) {
        private static final double MILLIMETRES_PER_INCH = 25.4;

        /** Checks that both are sizes. */
        public TileSize {
            if (!(widthMillimetres > 0 && heightMillimetres > 0)) {
                throw new IllegalArgumentException(
                        "nothing is " + widthMillimetres + " mm by " + heightMillimetres + " mm");
            }
        }

        /** Returns how many texels lie on an inch to the right, of so many across the width. */
        public double dotsPerInch(int widthTexels) {
            return widthTexels * MILLIMETRES_PER_INCH / widthMillimetres;
        }

        /** Returns how many texels lie on an inch down, of so many across the height. */
        public double dotsPerInchDown(int heightTexels) {
            return heightTexels * MILLIMETRES_PER_INCH / heightMillimetres;
        }
    }

    /**
     * The soft light that fibres scatter at grazing angles: KHR_materials_sheen's two numbers.
     *
     * @param color how much and which
     * @param roughness 0 (a sharp rim) to 1 (all over)
     */
    public record Sheen(Rgb color, double roughness) {
        /** Checks the range. */
        public Sheen {
            if (!isShare(roughness)) {
                throw new IllegalArgumentException("a sheen's roughness is 0 to 1, not " + roughness);
            }
        }
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }
}
