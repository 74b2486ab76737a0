package dev.tryon.testkit;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What became of one client's frames since it was begun. Thread-safe. */
final class LiveTally {
    /** An answer that takes longer, seen from the client, is of no use: its frame counts as missed. */
    private static final double IN_TIME_MILLIS = 200;

    private final Percentiles serverMillis = new Percentiles();
    private final Percentiles roundTripMillis = new Percentiles();
    private final Map<String, Integer> unserved = new TreeMap<>();
    private double rate;
    private long rateSinceNanos = System.nanoTime();
    private double promisedFrames;
    private long promised;
    private long inTime;
    private long answered;
    private long sent;
    private long answerBytes;
    private long sentBytes;

    /** Forgets all but the rate. */
    synchronized void begin() {
        serverMillis.clear();
        roundTripMillis.clear();
        unserved.clear();
        rateSinceNanos = System.nanoTime();
        promisedFrames = 0;
        promised = 0;
        inTime = 0;
        answered = 0;
        sent = 0;
        answerBytes = 0;
        sentBytes = 0;
    }

    /** Notes the rate that the server promises from now on. */
    synchronized void advised(double framesPerSecond) {
        var now = System.nanoTime();
        promisedFrames += rate * (now - rateSinceNanos) / TimeUnit.SECONDS.toNanos(1);
        rate = framesPerSecond;
        rateSinceNanos = now;
    }

    /** Notes that a frame's turn has come. */
    synchronized void promised() {
        promised++;
    }

    synchronized void sent(int bytes) {
        sent++;
        sentBytes += bytes;
    }

    synchronized void answered(double roundTrip, double server, int bytes) {
        answered++;
        answerBytes += bytes;
        roundTripMillis.add(roundTrip);
        serverMillis.add(server);
        if (roundTrip < IN_TIME_MILLIS) {
            inTime++;
        }
    }

    synchronized void unserved(String why) {
        unserved.merge(why, 1, Integer::sum);
    }

    /** What it comes to. */
    record Result(
            double promisedFrames,
            long promised,
            long inTime,
            long answered,
            long sent,
            long answerBytes,
            long sentBytes,
            Percentiles serverMillis,
            Percentiles roundTripMillis,
            Map<String, Integer> unserved) {}

    /** Returns it all. */
    synchronized Result result() {
        advised(rate);
        return new Result(
                promisedFrames,
                promised,
                inTime,
                answered,
                sent,
                answerBytes,
                sentBytes,
                serverMillis.copy(),
                roundTripMillis.copy(),
                Map.copyOf(unserved));
    }
}
