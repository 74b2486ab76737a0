package dev.tryon.testkit;

import dev.tryon.compute.CostGuess;
import dev.tryon.compute.DeviceShape;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a simulated device is asked to do.
 *
 * @param budget from received to served: what a good frame keeps
 * @param told what the scheduler is told that engines cost, by name
 * @param costs what they cost indeed, but for noise
 * @param noise of every service's time, as a share of it, evenly spread both ways
 * @param arrivals when how many sessions come; engines take turns among them
 * @param clients how they send
 * @param capturesPerSecond on average, at random moments (Poisson), of {@link #CAPTURE} each, due within {@link #DUE}
 * @param films that are never finished: batch work that always waits
 * @param measuredFrom when counting begins, from the start
 * @param until when the run ends, from the start
 * @param seed of everything random
 */
record SimulatedLoad(
        String name,
        DeviceShape shape,
        Duration budget,
        Map<String, CostGuess> told,
        Map<String, CostGuess> costs,
        double noise,
        List<Arrival> arrivals,
        Clients clients,
        double capturesPerSecond,
        int films,
        Duration measuredFrom,
        Duration until,
        long seed) {
    /** What a camera gives. */
    static final double CAMERA_FRAMES_PER_SECOND = 25;

    /** Device time of a capture, in steps of {@link #STEP}. */
    static final Duration CAPTURE = Duration.ofMillis(300);

    static final Duration STEP = Duration.ofMillis(25);
    static final Duration DUE = Duration.ofSeconds(5);

    /** So many sessions come at this moment from the start. */
    record Arrival(Duration at, int sessions) {}

    /** How clients send. */
    enum Clients {
        /** Every frame that the camera gives. */
        EVERY_FRAME,
        /** At the rate that they are advised. */
        AS_ADVISED
    }

    int sessions() {
        return arrivals.stream().mapToInt(Arrival::sessions).sum();
    }

    /** Returns the engines in the order in which sessions take them. */
    List<String> engines() {
        return costs.keySet().stream().sorted().toList();
    }

    /** Returns which engine a session uses. @param seat from 1 */
    String engineOf(long seat) {
        return engines().get((int) ((seat - 1) % costs.size()));
    }
}
