package dev.tryon.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Writes Python's pickle, protocol 2: as much of it as a TorchScript archive needs. Not thread-safe. */
final class Pickle {
    private static final int PROTOCOL = 0x80;
    private static final int NEW_OBJECT = 0x81;
    private static final int FALSE = 0x89;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Pickle() {
        write(PROTOCOL, 2);
    }

    /** An object of a class whose state comes next. */
    Pickle newObject(String module, String name) {
        global(module, name);
        write(')', NEW_OBJECT);
        return this;
    }

    Pickle beginTuple() {
        write('(');
        return this;
    }

    Pickle endTuple() {
        write('t');
        return this;
    }

    Pickle beginList() {
        write(']', '(');
        return this;
    }

    Pickle endList() {
        write('e');
        return this;
    }

    /** Gives the object its state. */
    Pickle build() {
        write('b');
        return this;
    }

    private Pickle text(String text) {
        write('X');
        four(text.getBytes(UTF_8).length);
        bytes.writeBytes(text.getBytes(UTF_8));
        return this;
    }

    Pickle no() {
        write(FALSE);
        return this;
    }

    /** A float32 tensor, row-major, whose numbers are in the archive's {@code data/KEY}. */
    Pickle tensor(int key, List<Integer> sizes) {
        global("torch._utils", "_rebuild_tensor_v2");
        write('(', '(');
        text("storage");
        global("torch", "FloatStorage");
        text(Integer.toString(key)).text("cpu");
        number(sizes.stream().reduce(1, (left, right) -> left * right));
        write('t', 'Q');
        number(0);
        tuple(sizes);
        tuple(strides(sizes));
        write(FALSE);
        global("collections", "OrderedDict");
        write(')', 'R', 't', 'R');
        return this;
    }

    byte[] toBytes() {
        write('.');
        return bytes.toByteArray();
    }

    private static List<Integer> strides(List<Integer> sizes) {
        var strides = new ArrayList<Integer>();
        var stride = 1;
        for (var axis = sizes.size() - 1; axis >= 0; axis--) {
            strides.addFirst(stride);
            stride *= sizes.get(axis);
        }
        return strides;
    }

    private void tuple(List<Integer> numbers) {
        write('(');
        numbers.forEach(this::number);
        write('t');
    }

    private void number(int number) {
        write('J');
        four(number);
    }

    private void global(String module, String name) {
        write('c');
        bytes.writeBytes((module + '\n' + name + '\n').getBytes(UTF_8));
    }

    private void four(int number) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array());
    }

    private void write(int... codes) {
        for (var code : codes) {
            bytes.write(code);
        }
    }
}
