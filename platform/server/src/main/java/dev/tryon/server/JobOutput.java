package dev.tryon.server;

import dev.tryon.spi.ErrorCode;
import dev.tryon.store.NewFile;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What came of an attempt at a job. */
sealed interface JobOutput {
    /**
     * Something to keep.
     *
     * @param files encoded, a thumbnail among them
     * @param confidence 0..1; empty where the engine has none
     * @param metadata what the engine found besides
     */
    record Made(List<NewFile> files, Optional<Double> confidence, JsonObject metadata) implements JobOutput {
        /** Copies the files. */
        public Made {
            files = List.copyOf(files);
        }
    }

    /**
     * What was brought cannot be used, and trying again would not help.
     *
     * @param suggestion one sentence for the person
     */
    record Unusable(ErrorCode code, String suggestion) implements JobOutput {}
}
