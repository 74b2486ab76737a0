package dev.tryon.models;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table in a FlatBuffers file, whose fields are found by number.
 *
 * <p>Nothing in the file is believed: every offset and every length is held against the file's end before it is followed,
 * and a vector is read up to a stated count. Source: the FlatBuffers binary format ("Internals" in its documentation).
 *
 * @param file the whole file, little-endian
 * @param position where the table begins
 */
record FlatTable(ByteBuffer file, int position) {
    private static final int IDENTIFIER_AT = 4;
    private static final int IDENTIFIER_BYTES = 4;
    private static final int MAX_TEXT_BYTES = 256;

    /**
     * Opens the root table.
     *
     * @param bytes the file, from position to limit; read only here, whatever its order
     * @param identifier the four letters that such a file carries
     */
    static FlatTable root(ByteBuffer bytes, String identifier) {
        var file = bytes.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        var root = new FlatTable(file, 0);
        var letters = new byte[IDENTIFIER_BYTES];
        file.get(root.checked(IDENTIFIER_AT, IDENTIFIER_BYTES), letters);
        if (!new String(letters, ISO_8859_1).equals(identifier)) {
            throw Refusal.of("it does not carry the letters " + identifier);
        }
        return root.follow(0);
    }

    /** Returns a number of one signed byte. */
    int number8(int field, int fallback) {
        var at = find(field, Byte.BYTES);
        return at == 0 ? fallback : file.get(at);
    }

    /** Returns whether a flag is set; one that is absent is not. */
    boolean flag(int field) {
        return number8(field, 0) != 0;
    }

    /** Returns a number of four signed bytes. */
    int number(int field, int fallback) {
        var at = find(field, Integer.BYTES);
        return at == 0 ? fallback : file.getInt(at);
    }

    /** Returns a number of eight signed bytes. */
    long longNumber(int field, long fallback) {
        var at = find(field, Long.BYTES);
        return at == 0 ? fallback : file.getLong(at);
    }

    /** Returns a floating-point number of four bytes. */
    float real(int field, float fallback) {
        var at = find(field, Float.BYTES);
        return at == 0 ? fallback : file.getFloat(at);
    }

    /** Returns the table that a field leads to. */
    Optional<FlatTable> table(int field) {
        var at = find(field, Integer.BYTES);
        return at == 0 ? Optional.empty() : Optional.of(follow(at));
    }

    /** Returns the tables of a vector; none if the field is absent. */
    List<FlatTable> tables(int field, int atMost) {
        var vector = vector(field, Integer.BYTES);
        var count = counted(vector, Integer.BYTES, atMost);
        var tables = new ArrayList<FlatTable>(count);
        for (var index = 0; index < count; index++) {
            tables.add(follow(vector.start() + Integer.BYTES * index));
        }
        return List.copyOf(tables);
    }

    /** Returns the four-byte numbers of a vector; none if the field is absent. */
    List<Integer> numbers(int field, int atMost) {
        var vector = vector(field, Integer.BYTES);
        var count = counted(vector, Integer.BYTES, atMost);
        var numbers = new ArrayList<Integer>(count);
        for (var index = 0; index < count; index++) {
            numbers.add(file.getInt(vector.start() + Integer.BYTES * index));
        }
        return List.copyOf(numbers);
    }

    /** Returns the bytes of a vector whose elements have a size, little-endian, without a copy. */
    ByteBuffer bytes(int field, int elementBytes) {
        var vector = vector(field, elementBytes);
        return file.slice(vector.start(), vector.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns a text, cut where it is longer than any name should be; empty if the field is absent. */
    String text(int field) {
        var bytes = bytes(field, Byte.BYTES);
        var letters = new byte[Math.min(bytes.remaining(), MAX_TEXT_BYTES)];
        bytes.get(letters);
        return new String(letters, UTF_8);
    }

    /** Where a vector's elements are. */
    private record Vector(int start, int bytes) {}

    private Vector vector(int field, int elementBytes) {
        var at = find(field, Integer.BYTES);
        if (at == 0) {
            return new Vector(0, 0);
        }
        var length = target(at);
        var count = Integer.toUnsignedLong(file.getInt(length));
        var start = length + Integer.BYTES;
        checked(start, count * elementBytes);
        return new Vector(start, (int) count * elementBytes);
    }

    private static int counted(Vector vector, int elementBytes, int atMost) {
        var count = vector.bytes() / elementBytes;
        if (count > atMost) {
            throw Refusal.of("a list has " + count + " entries, at most " + atMost + " are read");
        }
        return count;
    }

    private FlatTable follow(int at) {
        return new FlatTable(file, target(at));
    }

    /** Follows an offset to something that begins with four bytes: a table or a vector. */
    private int target(int at) {
        checked(at, Integer.BYTES);
        return checked(at + Integer.toUnsignedLong(file.getInt(at)), Integer.BYTES);
    }

    /** Returns where a field is, or 0 if the table has none. */
    private int find(int field, int bytes) {
        var fields = checked(position - (long) file.getInt(checked(position, Integer.BYTES)), 2 * Short.BYTES);
        var entry = 2 * Short.BYTES + Short.BYTES * field;
        var end = Short.toUnsignedInt(file.getShort(fields));
        if (entry + Short.BYTES > end) {
            return 0;
        }
        var offset = Short.toUnsignedInt(file.getShort(checked((long) fields + entry, Short.BYTES)));
        return offset == 0 ? 0 : checked((long) position + offset, bytes);
    }

    private int checked(long at, long bytes) {
        if (at < 0 || bytes < 0 || at + bytes > file.limit()) {
            throw Refusal.of("it points outside itself");
        }
        return (int) at;
    }
}
