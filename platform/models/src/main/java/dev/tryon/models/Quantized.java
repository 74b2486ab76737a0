package dev.tryon.models;

/** Scales integers back: {@code real = scale * (integer - zeroPoint)}, one scale for all or one for each index of an axis. */
final class Quantized {
    private Quantized() {}

    /** Returns the numbers that a constant stands for; those that are not integers stay as they are. */
    static float[] scaled(Graph.Value value, float[] numbers) {
        var table = value.quantization();
        if (table.isEmpty() || value.type() == ElementType.FLOAT32 || value.type() == ElementType.FLOAT16) {
            return numbers;
        }
        var scales = table.get().bytes(2, Float.BYTES).asFloatBuffer();
        var zeroPoints = table.get().bytes(3, Long.BYTES).asLongBuffer();
        if (scales.remaining() == 0) {
            return numbers;
        }
        var axis = scales.remaining() == 1 ? 0 : value.shape().axis(table.get().number(6, 0));
        var inner = 1;
        for (var after = axis + 1; after < value.shape().rank(); after++) {
            inner *= value.shape().size(after);
        }
        if ((scales.remaining() != 1 && scales.remaining() != value.shape().size(axis))
                || (zeroPoints.remaining() > 1 && zeroPoints.remaining() != scales.remaining())) {
            throw Refusal.of("a constant has more or fewer scales than its shape");
        }
        for (var index = 0; index < numbers.length; index++) {
            var scale = index / inner % scales.remaining();
            var zeroPoint = zeroPoints.remaining() == 0 ? 0 : zeroPoints.get(scale % zeroPoints.remaining());
            numbers[index] = scales.get(scale) * (numbers[index] - zeroPoint);
        }
        return numbers;
    }
}
