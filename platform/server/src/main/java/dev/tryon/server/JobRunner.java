package dev.tryon.server;

import dev.tryon.spi.Progress;
import dev.tryon.spi.TryOnEngine;
import dev.tryon.store.Upload;

/** Does jobs of one kind. */
@FunctionalInterface
interface JobRunner {
    /**
     * Does one job as far as what is to be kept, in main memory; on a platform thread of its own.
     *
     * <p>What it works on is read first; its first report then begins the first step on the device, and each further one
     * the next.
     *
     * @throws dev.tryon.spi.TryOnException if it cannot be done
     */
    JobOutput run(Assignment assignment, Progress progress);

    /**
     * What a job works on.
     *
     * @param engine that suits the kind
     * @param look what to try on
     * @param input what it is tried on, or what is scanned
     * @param quality how good a film is to be
     */
    record Assignment(TryOnEngine engine, ChosenLook look, Upload input, Tiers.Quality quality) {}
}
