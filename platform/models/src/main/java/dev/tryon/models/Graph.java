package dev.tryon.models;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A network as the file tells it: numbered tensors, and operations in the order in which they run.
 *
 * @param inputs indices of tensors
 * @param outputs indices of tensors
 */
record Graph(List<Value> tensors, List<Operation> operations, List<Integer> inputs, List<Integer> outputs) {
    /** Stands for an operand that is left out. */
    static final int ABSENT = -1;

    /**
     * A tensor.
     *
     * @param shape in the file's own order, every size at least 1
     * @param data the numbers of a constant, little-endian; empty for a tensor that is computed
     * @param quantization scales and zero points, where the file has some
     * @param sparsity how a constant is packed, where it is
     */
    record Value(
            String name,
            ElementType type,
            Shape shape,
            ByteBuffer data,
            Optional<FlatTable> quantization,
            Optional<FlatTable> sparsity) {
        boolean constant() {
            return data.hasRemaining();
        }
    }

    /**
     * An operation.
     *
     * @param name the operator's, as the file format spells it
     * @param inputs indices of tensors, or {@link #ABSENT}
     * @param outputs indices of tensors
     * @param options the operator's own table, where it has one
     * @param customOptions the bytes of an operator that is not of the file format's own, little-endian
     */
    record Operation(
            String name,
            List<Integer> inputs,
            List<Integer> outputs,
            Optional<FlatTable> options,
            ByteBuffer customOptions) {
        /** Returns an option of one byte, or what stands for an absent one. */
        int small(int field, int fallback) {
            return options.map(table -> table.number8(field, fallback)).orElse(fallback);
        }

        /** Returns an option of four bytes, or what stands for an absent one. */
        int number(int field, int fallback) {
            return options.map(table -> table.number(field, fallback)).orElse(fallback);
        }

        /** Returns a floating-point option, or what stands for an absent one. */
        float real(int field, float fallback) {
            return options.map(table -> table.real(field, fallback)).orElse(fallback);
        }

        /** Returns whether an option is set. */
        boolean flag(int field) {
            return small(field, 0) != 0;
        }

        /** Returns the number at a place of the custom options, four bytes each. */
        int custom(int place) {
            if (customOptions.remaining() < Integer.BYTES * (place + 1)) {
                throw Refusal.of(name + " has too few options");
            }
            return customOptions.getInt(Integer.BYTES * place);
        }
    }
}
