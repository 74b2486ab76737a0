package dev.tryon.fabric;

import java.util.Locale;

/** What is not as good with a photo as it could be, and what a person can do about it. */
enum ScanWarning {
    /** Fine yarns cannot be seen. */
    BLURRED("The photo is blurred: hold the camera still, a hand's breadth further away."),
    /** The swatch has few pixels. */
    SMALL("The cloth is small in the photo: come closer, or take a photo with more pixels."),
    /** Parts are burnt out. */
    GLARE("Parts of the cloth shine white: turn it away from the lamp, or switch the flash off."),
    /** The cloth is nearly black in the photo. */
    DARK("The photo is dark: more light shows more of the cloth."),
    /** The light differs so much that evening it costs quality. */
    UNEVEN_LIGHT("One side of the cloth is much darker than the other: daylight without sun is best."),
    /** The swatch does not show its pattern twice. */
    PATTERN_CUT_OFF("The pattern does not repeat within the photo: show at least two whole repeats."),
    /** Nothing told where the cloth ends. */
    NO_EDGES("The edges of the cloth were not seen: drag the four corners to them, or lay it on a plain ground."),
    /** The coin or ruler that was to tell the scale is not there to be seen. */
    REFERENCE_NOT_FOUND(
            "The coin or ruler was not seen, so the size stays unknown: lay it flat beside the cloth, a finger"
                    + " away and wholly in the picture, on a ground of another colour, or give the width in millimetres."),
    /** The coin or ruler lies on the cloth so that no tile fits beside it. */
    REFERENCE_IN_THE_WAY("The coin or ruler covers the middle of the cloth and may show in the tile: lay it beside.");

    private final String sentence;

    ScanWarning(String sentence) {
        this.sentence = sentence;
    }

    /** Returns the word for it in reports. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns what to tell the person. */
    String sentence() {
        return sentence;
    }
}
