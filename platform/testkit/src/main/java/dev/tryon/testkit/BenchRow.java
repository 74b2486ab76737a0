package dev.tryon.testkit;

import java.util.Map;

/**
 * One line of a benchmark.
 *
 * @param scenario what was done; {@code case} in the report
 * @param subject ours, or the alternative that it is compared with
 * @param metrics by name, the unit in the name: {@code p50Millis}
 */
public record BenchRow(String scenario, String subject, Map<String, Double> metrics) {}
