package dev.tryon.store;

/**
 * What an erasure removed.
 *
 * @param uploads pictures and videos that the subject brought
 * @param results what was captured and made
 * @param sessions records of sessions
 * @param jobs records of jobs
 * @param marks what was remembered for a while
 */
public record Erased(Totals uploads, Totals results, long sessions, long jobs, long marks) {}
