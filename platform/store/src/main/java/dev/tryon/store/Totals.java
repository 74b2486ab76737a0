package dev.tryon.store;

/**
 * How much some entries are together.
 *
 * @param entries how many they are
 * @param bytes of the files they hold
 */
public record Totals(long entries, long bytes) {}
