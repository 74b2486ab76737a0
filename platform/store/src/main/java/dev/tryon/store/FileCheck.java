package dev.tryon.store;

import java.util.List;
import java.util.UUID;

/**
 * How files and entries agree.
 *
 * @param orphans files that no entry named; they are deleted
 * @param damaged holdings that miss a file, a thousand at most; they are left for somebody to look at
 */
public record FileCheck(int orphans, List<UUID> damaged) {
    /** Copies the list. */
    public FileCheck {
        damaged = List.copyOf(damaged);
    }
}
