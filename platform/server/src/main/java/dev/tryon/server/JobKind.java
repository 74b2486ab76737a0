package dev.tryon.server;

import dev.tryon.compute.WorkClass;
import dev.tryon.spi.CaptureEngine;
import dev.tryon.spi.LiveEngine;
import dev.tryon.spi.ScanEngine;
import dev.tryon.spi.TryOnEngine;
import dev.tryon.store.Job;

/** What a job can make; the most urgent first. */
enum JobKind {
    /** One picture at its best, in seconds. */
    CAPTURE("person"),
    /** A photo becomes named pictures. */
    SCAN("fabric"),
    /** A film, frame after frame. */
    VIDEO("video");

    private final String input;

    JobKind(String input) {
        this.input = input;
    }

    static JobKind of(Job job) {
        return Words.of(JobKind.class, job.kind())
                .orElseThrow(() -> new IllegalStateException("no job is of the kind " + job.kind()));
    }

    /** Returns the name of its one input, which is also the purpose of the upload that it takes. */
    String input() {
        return input;
    }

    /** Returns how it shares the device with other work. */
    WorkClass workClass() {
        return switch (this) {
            case CAPTURE -> WorkClass.CAPTURE;
            case SCAN, VIDEO -> WorkClass.BATCH;
        };
    }

    /** Returns whether an engine can do such jobs. */
    boolean suits(TryOnEngine engine) {
        return switch (this) {
            case CAPTURE -> engine instanceof CaptureEngine || engine instanceof LiveEngine;
            case SCAN -> engine instanceof ScanEngine;
            case VIDEO -> engine instanceof LiveEngine;
        };
    }
}
