package dev.tryon.compute;

/**
 * What networks run on.
 *
 * @param id {@code cpu}, or {@code gpu0} and so on
 * @param description for operators
 * @param slots frames that it serves side by side
 */
public record DeviceInfo(String id, String description, int slots) {}
