package dev.tryon.testkit;

/** A thing with a face that is nearly flat, described in millimetres about its own middle, x to the right and y up. */
interface FlatThing {
    /** Returns how far its face is above what it lies on. */
    double thickness();

    /** Returns a distance from its middle beyond which there is nothing of it. */
    double reach();

    /** Returns whether the face is there. */
    boolean covers(double x, double y);

    /** Returns the face's colour: linear red, green and blue. */
    double[] color(double x, double y);

    /** Returns how far a place stands out of the face, in millimetres. */
    double relief(double x, double y);

    /** Returns how much the face is a metal, 0..1. */
    double metal();

    /** Returns the face's roughness, 0..1. */
    double roughness();
}
