package dev.tryon.nails;

import java.util.Optional;

/**
 * One nail followed from frame to frame: calm while the hand is still, close behind while it moves.
 *
 * <p>Middle, length, axis (as cos 2θ and sin 2θ, so that it never jumps) and outline (in the nail's own frame) are
 * filtered one by one, lengths over the nail's size. Which end is the tip changes only after several sightings in a row
 * say so. A nail that is lost stays for a few frames, drifting on, and then fades.
 *
 * <p>Threads: one at a time.
 */
final class NailTrack {
    /** How long a lost nail stays as it was: so many frames, but not longer than so many seconds. */
    static final int HOLD_FRAMES = 4;

    static final double HOLD_SECONDS = 0.2;
    /** How long it then takes to fade. */
    static final double FADE_SECONDS = 0.12;
    /** How fast each search changes what is known of the finder's view. */
    private static final double SEARCH_SHARE = 0.4;
    /** How much less sure a nail may become before its paint goes. */
    private static final double SLACK = 0.12;

    /** What the finder is taken to have said of a nail that a search did not find. */
    private static final double NOT_FOUND = 0.1;
    /** Cosine of the angle between two axes from which on they lie across each other. */
    private static final double ACROSS = 0.6;
    /** Sightings in a row that it takes to swap cuticle and tip, or to turn the axis by a right angle. */
    private static final int TURN_AFTER = 4;
    /** How much of a lost nail's speed is left after a second. */
    private static final double DRIFT_LEFT = 0.002;

    private final int seed;
    private final OneEuro middle = new OneEuro(2, 1.3, 2.2);
    private final OneEuro extent = new OneEuro(1, 0.8, 0.8);
    private final OneEuro axis = new OneEuro(2, 0.7, 0.6);
    private final OneEuro outline = new OneEuro(2 * NailShape.ROWS, 0.9, 0.5);
    private final double[] outlineMeasured = new double[2 * NailShape.ROWS];
    private final double[] pair = new double[2];
    private final double[] single = new double[1];
    private double directionX;
    private double directionY;
    private int turns;
    private int sightings;
    private int misses;
    private double found;
    private double certainty;
    private boolean shown;
    private double lastSeconds;
    private double lastSeenSeconds;
    private double holdEndSeconds = Double.POSITIVE_INFINITY;
    private double driftX;
    private double driftY;

    NailTrack(Sighting first, int seed, double seconds) {
        this.seed = seed;
        directionX = Math.cos(first.shape().angleRadians());
        directionY = Math.sin(first.shape().angleRadians());
        found = first.found();
        certainty = first.certainty();
        lastSeconds = seconds;
        lastSeenSeconds = seconds;
        take(first.shape(), 1);
    }

    /** Returns the seed of the nail's art, the same as long as it is followed. */
    int seed() {
        return seed;
    }

    /** Returns whether the nail was not in the last frame. */
    boolean lost() {
        return misses > 0;
    }

    /** Returns how sure the nail is, 0..1. */
    double confidence() {
        return sighting().confidence();
    }

    /** Takes in what a search of the whole frame said of the nail's place. */
    void searched(Optional<Place> place) {
        found += SEARCH_SHARE * (place.map(Place::probability).orElse(NOT_FOUND) - found);
    }

    /** Returns where the nail should be at a time. */
    Place predict(double seconds) {
        var ahead = Math.clamp(seconds - lastSeconds, 0, HOLD_SECONDS);
        var speed = misses > 0 ? 0 : 1;
        return new Place(
                middle.value(0) + driftX + speed * ahead * middle.speed(0),
                middle.value(1) + driftY + speed * ahead * middle.speed(1),
                size(),
                found);
    }

    /** Takes in a sighting. @param seconds of capture */
    void see(Sighting sighting, double seconds) {
        var elapsed = Math.max(1e-3, seconds - lastSeconds);
        var shape = sighting.shape();
        var agreement = Math.cos(shape.angleRadians()) * directionX + Math.sin(shape.angleRadians()) * directionY;
        turns = agreement < ACROSS ? turns + 1 : 0;
        if (turns >= TURN_AFTER) {
            turns = 0;
            adopt(shape);
        } else if (Math.abs(agreement) < ACROSS) {
            // Seen lying across what is known of it: until that lasts, only its place is believed.
            move(shape, elapsed);
        } else {
            take(agreement < 0 ? shape.turned() : shape, elapsed);
            point();
        }
        certainty += 0.3 * (sighting.certainty() - certainty);
        sightings++;
        misses = 0;
        driftX = 0;
        driftY = 0;
        lastSeconds = seconds;
        lastSeenSeconds = seconds;
        holdEndSeconds = Double.POSITIVE_INFINITY;
    }

    /** Takes note that a frame did not show the nail. @param seconds of capture */
    void miss(double seconds) {
        var elapsed = Math.max(0, seconds - lastSeconds);
        var left = Math.pow(DRIFT_LEFT, seconds - lastSeenSeconds);
        driftX += elapsed * left * middle.speed(0);
        driftY += elapsed * left * middle.speed(1);
        misses++;
        lastSeconds = seconds;
        if (holdEndSeconds == Double.POSITIVE_INFINITY
                && (misses > HOLD_FRAMES || seconds - lastSeenSeconds > HOLD_SECONDS)) {
            // Where frames are rare the hold may long be over: a nail that has gone must not float where it was.
            holdEndSeconds = Math.min(seconds, lastSeenSeconds + HOLD_SECONDS);
        }
    }

    /** Returns how much of the nail's paint shows at a time, 0..1; 0 means that it is over. */
    double visibility(double seconds) {
        return Math.clamp(1 - (seconds - holdEndSeconds) / FADE_SECONDS, 0, 1);
    }

    /**
     * Decides whether the nail is painted: once likely, or at once when sure; from then on until it is far from likely.
     *
     * @return whether it is
     */
    boolean show() {
        var sure = confidence();
        shown = shown
                ? sure >= Sightings.LIKELY - SLACK
                : sure >= Sightings.SURE || (sightings > 0 && sure >= Sightings.LIKELY);
        return shown;
    }

    /** Returns the filtered nail. */
    NailShape shape() {
        var left = new float[NailShape.ROWS];
        var right = new float[NailShape.ROWS];
        for (var row = 0; row < NailShape.ROWS; row++) {
            left[row] = (float) outline.value(row);
            right[row] = (float) Math.max(outline.value(row), outline.value(NailShape.ROWS + row));
        }
        return new NailShape(
                middle.value(0) + driftX,
                middle.value(1) + driftY,
                Math.atan2(directionY, directionX),
                extent.value(0),
                left,
                right);
    }

    /** Returns the filtered nail as the platform is told. */
    Sighting sighting() {
        return new Sighting(shape(), found, certainty);
    }

    private double size() {
        var widest = 0.0;
        for (var row = 0; row < NailShape.ROWS; row++) {
            widest = Math.max(widest, outline.value(NailShape.ROWS + row) - outline.value(row));
        }
        return extent.value(0) * Math.max(1, widest);
    }

    private void take(NailShape shape, double elapsed) {
        move(shape, elapsed);
        single[0] = shape.length();
        extent.add(single, shape.size(), elapsed);
        pair[0] = Math.cos(2 * shape.angleRadians());
        pair[1] = Math.sin(2 * shape.angleRadians());
        axis.add(pair, 1, elapsed);
        for (var row = 0; row < NailShape.ROWS; row++) {
            outlineMeasured[row] = shape.left(row);
            outlineMeasured[NailShape.ROWS + row] = shape.right(row);
        }
        outline.add(outlineMeasured, 1, elapsed);
    }

    private void move(NailShape shape, double elapsed) {
        pair[0] = shape.centerX();
        pair[1] = shape.centerY();
        middle.add(pair, shape.size(), elapsed);
    }

    /** Takes a sighting as it is, whatever was known of the nail's direction. */
    private void adopt(NailShape shape) {
        middle.restart();
        extent.restart();
        axis.restart();
        outline.restart();
        directionX = Math.cos(shape.angleRadians());
        directionY = Math.sin(shape.angleRadians());
        take(shape, 1);
    }

    /** Brings the direction onto the filtered axis, keeping the end that it points at. */
    private void point() {
        var angle = 0.5 * Math.atan2(axis.value(1), axis.value(0));
        var sign = Math.cos(angle) * directionX + Math.sin(angle) * directionY < 0 ? -1 : 1;
        directionX = sign * Math.cos(angle);
        directionY = sign * Math.sin(angle);
    }
}
