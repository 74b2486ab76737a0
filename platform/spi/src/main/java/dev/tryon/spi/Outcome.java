package dev.tryon.spi;

import java.util.List;

/** What an engine made of one picture; whoever is handed it closes it. */
public sealed interface Outcome extends AutoCloseable {
    @Override
    default void close() {}

    /**
     * The look is on: a whole picture of the same size.
     *
     * @param picture owned by the outcome
     * @param confidence 0..1: the share of such answers that are right
     */
    record Painted(Frame picture, double confidence, List<Detection> detections) implements Outcome {
        /** Copies the detections. */
        public Painted {
            detections = List.copyOf(detections);
        }

        @Override
        public void close() {
            picture.close();
        }
    }

    /**
     * The look is on: only the patches that changed.
     *
     * @param patches inside the frame, drawn in this order
     * @param confidence 0..1: the share of such answers that are right
     */
    record Overlaid(List<Patch> patches, double confidence, List<Detection> detections) implements Outcome {
        /** Copies the lists. */
        public Overlaid {
            patches = List.copyOf(patches);
            detections = List.copyOf(detections);
        }
    }

    /**
     * The picture cannot be used, and the person is told how to help.
     *
     * @param suggestion one sentence for the person
     */
    record Rejected(ErrorCode code, String suggestion) implements Outcome {}
}
