package dev.tryon.testkit;

/** A thing of known size that lies with a swatch, so that a photograph tells its scale. */
public sealed interface ClothReference {
    /** Where a coin lies. */
    enum Where {
        /** On the table, next to the swatch. */
        BESIDE,
        /** Within the swatch. */
        ON_CLOTH
    }

    /**
     * A coin.
     *
     * @param diameterMillimetres from rim to rim
     * @param thicknessMillimetres by which its face is nearer to the camera than the cloth
     * @param metals one colour, or two with a ring
     */
    record Coin(double diameterMillimetres, double thicknessMillimetres, Metals metals, Where where)
            implements ClothReference {}

    /** What a coin is made of. */
    enum Metals {
        /** Nickel silver. */
        SILVER,
        /** Brass. */
        GOLD,
        /** Copper. */
        COPPER,
        /** A brass ring about a silver middle. */
        SILVER_IN_GOLD,
        /** A silver ring about a brass middle. */
        GOLD_IN_SILVER
    }

    /**
     * A ruler, marked along one of its edges, which lies along a side of the swatch.
     *
     * @param marks what its marks tell
     * @param body what it is made of
     */
    record Ruler(Marks marks, Body body) implements ClothReference {}

    /** What the marks of a ruler are apart. */
    enum Marks {
        /** Millimetres, every fifth longer, every tenth longest, with numbers. */
        MILLIMETRES,
        /** Sixteenths of an inch, halves of halves longer and longer, with numbers. */
        INCHES
    }

    /** What a ruler is made of. */
    enum Body {
        /** White plastic. */
        WHITE,
        /** Varnished wood. */
        WOOD,
        /** Brushed steel. */
        STEEL,
        /** Yellow tape. */
        YELLOW
    }
}
