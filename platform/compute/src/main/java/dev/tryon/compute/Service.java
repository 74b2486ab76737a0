package dev.tryon.compute;

import java.util.List;

/** Something that a slot is busy with: a group of frames, or a step of a turn. Not thread-safe. */
final class Service {
    final EngineLine line;
    final WorkClass workClass;
    final int size;
    final long begunNanos;
    final double expectedNanos;
    /** What was taken off the class's share when it began. */
    final double paidNanos;
    /** When it counts as stuck, and its engine gets no further slot; when its slot is given to others. */
    final long stuckNanos;

    final long hungNanos;
    /** Members that have not ended. */
    int left;
    /** Its slot was given to others. */
    boolean writtenOff;

    Service(
            EngineLine line,
            WorkClass workClass,
            int size,
            long begunNanos,
            double expectedNanos,
            double paidNanos,
            long hungAfterNanos) {
        this.line = line;
        this.workClass = workClass;
        this.size = size;
        this.left = size;
        this.begunNanos = begunNanos;
        this.expectedNanos = expectedNanos;
        this.paidNanos = paidNanos;
        this.stuckNanos = begunNanos + Math.max(hungAfterNanos / 5, (long) (8 * expectedNanos));
        this.hungNanos = begunNanos + Math.max(hungAfterNanos, (long) (20 * expectedNanos));
    }

    /** Takes down what it knows, but for the engine. */
    List<Long> save() {
        return List.of(
                workClass.code(),
                (long) size,
                (long) left,
                begunNanos,
                Double.doubleToLongBits(expectedNanos),
                Double.doubleToLongBits(paidNanos),
                writtenOff ? 1L : 0L);
    }

    /** Returns one that knows what was taken down. */
    static Service restored(EngineLine line, List<Long> numbers, long hungAfterNanos) {
        var service = new Service(
                line,
                WorkClass.of(numbers.get(0)),
                Math.toIntExact(numbers.get(1)),
                numbers.get(3),
                Double.longBitsToDouble(numbers.get(4)),
                Double.longBitsToDouble(numbers.get(5)),
                hungAfterNanos);
        service.left = Math.toIntExact(numbers.get(2));
        service.writtenOff = numbers.get(6) == 1;
        return service;
    }
}
