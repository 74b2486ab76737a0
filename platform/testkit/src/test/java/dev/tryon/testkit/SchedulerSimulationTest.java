package dev.tryon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.compute.TraceReplay;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scheduler promises, in virtual time: the same figures on every machine. */
class SchedulerSimulationTest {
    private static final Duration MEASURED = Duration.ofSeconds(20);

    static Stream<SimulatedLoad> saturated() {
        return Stream.of(
                SchedulerBench.mixed(40, MEASURED),
                SchedulerBench.mixed(60, MEASURED),
                SchedulerBench.mixed(100, MEASURED),
                SchedulerBench.mixed(200, MEASURED),
                SchedulerBench.flashCrowd(MEASURED),
                SchedulerBench.slowEngine(MEASURED),
                SchedulerBench.busyWithOthers(MEASURED));
    }

    @ParameterizedTest
    @MethodSource("saturated")
    void keepsNearTheFairBound(SimulatedLoad load) {
        var ours = SchedulerBench.ours(load).metrics();

        assertThat(of(ours, "goodputPerSecond") / of(ours, "boundPerSecond")).isGreaterThan(0.93);
        assertThat(of(ours, "slowestFps") / of(ours, "fairFps")).isGreaterThan(0.8);
        assertThat(of(ours, "jain")).isGreaterThan(0.99);
        assertThat(of(ours, "capturesInTime")).isGreaterThanOrEqualTo(0.99);
        // A twentieth of the device, in steps of 25 ms.
        assertThat(of(ours, "batchChunks")).isBetween(36.0, 50.0);
    }

    @Test
    void servesNearlyEveryFrameBelowSaturation() {
        var ours = SchedulerBench.ours(SchedulerBench.mixed(10, MEASURED)).metrics();

        assertThat(of(ours, "missedShare")).isLessThan(0.08);
        assertThat(of(ours, "batchChunks")).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 64, 100})
    void holdsSessionsAtThePromisedRateOnProcessors(int sessions) {
        var ours = SchedulerBench.ours(SchedulerBench.cpu(sessions, MEASURED)).metrics();

        // Two cores, 16 ms a frame: 125 frames a second.
        assertThat(of(ours, "goodputPerSecond")).isBetween(0.92 * 125, 125.0);
        assertThat(of(ours, "missedShare")).isLessThan(0.02);
        assertThat(of(ours, "ageP95Millis")).isLessThan(200);
        assertThat(of(ours, "jain")).isGreaterThan(0.99);
    }

    @Test
    void showsWhatOtherRulesLack() {
        var load = SchedulerBench.mixed(100, MEASURED);

        var firstCome = SchedulerBench.baseline(load, BaselinePolicy.Kind.FIRST_COME, "first come")
                .metrics();
        var earliest = SchedulerBench.baseline(load, BaselinePolicy.Kind.EARLIEST_DEADLINE, "deadline")
                .metrics();
        var value = SchedulerBench.baseline(load, BaselinePolicy.Kind.MOST_VALUE, "value")
                .metrics();

        assertThat(of(firstCome, "goodputPerSecond")).isLessThan(50);
        assertThat(of(earliest, "jain")).isLessThan(0.95);
        assertThat(of(earliest, "batchChunks")).isZero();
        assertThat(of(value, "slowestFps")).isLessThan(1);
    }

    @Test
    void givesTheSameRunForTheSameSeed() {
        var load = SchedulerBench.mixed(60, MEASURED);

        var once = SchedulerBench.ours(load).metrics();
        var again = SchedulerBench.ours(load).metrics();

        once.keySet().stream()
                .filter(name -> !name.startsWith("decision"))
                .forEach(name -> assertThat(of(again, name)).describedAs(name).isEqualTo(of(once, name)));
    }

    @Test
    void leavesATraceThatDecidesTheSameWhenRepeated() {
        var load = SchedulerBench.mixed(100, MEASURED);
        var policy = new ProductionPolicy(load.shape(), SchedulerBench.settings(load), load.told());
        SchedulingSimulation.run(load, policy);

        var replay = TraceReplay.of(policy.scheduler().trace());

        assertThat(replay.parting()).isEmpty();
        assertThat(replay.decisions()).hasSizeGreaterThan(1_000);
    }

    private static double of(Map<String, Double> metrics, String name) {
        return Objects.requireNonNull(metrics.get(name), name);
    }
}
