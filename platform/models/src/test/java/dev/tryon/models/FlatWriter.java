package dev.tryon.models;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes FlatBuffers front to back: a table, then what it leads to. For small files. */
final class FlatWriter {
    private final ByteBuffer file = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    private FlatWriter() {}

    /**
     * A table: by number, {@code Byte, Integer, Long, Float} in place; {@code String, byte[], int[], long[], float[]}, tables and
     * lists of tables elsewhere.
     */
    record Table(Map<Integer, Object> fields) {
        static Table of(Object... numbersAndFields) {
            var fields = new TreeMap<Integer, Object>();
            for (var index = 0; index < numbersAndFields.length; index += 2) {
                fields.put((Integer) numbersAndFields[index], numbersAndFields[index + 1]);
            }
            return new Table(fields);
        }
    }

    /** A field whose value comes later. */
    private record Link(int place, Object value) {}

    static ByteBuffer write(Table root, String identifier) {
        var writer = new FlatWriter();
        writer.file.putInt(0).put(identifier.getBytes(ISO_8859_1));
        writer.file.putInt(0, writer.table(root));
        return writer.file.flip();
    }

    private int table(Table table) {
        align(Long.BYTES);
        var count = table.fields().keySet().stream().reduce(-1, Math::max) + 1;
        var vtable = file.position();
        file.position(vtable + 4 + 2 * count);
        align(Long.BYTES);
        var start = file.position();
        file.putInt(start - vtable);
        var links = new ArrayList<Link>();
        table.fields().forEach((number, value) -> {
            align(value instanceof Long ? Long.BYTES : Integer.BYTES);
            file.putShort(vtable + 4 + 2 * number, (short) (file.position() - start));
            switch (value) {
                case Byte one -> file.put(one);
                case Long eight -> file.putLong(eight);
                case Float four -> file.putFloat(four);
                case Integer four -> file.putInt(four);
                default -> {
                    links.add(new Link(file.position(), value));
                    file.putInt(0);
                }
            }
        });
        file.putShort(vtable, (short) (4 + 2 * count)).putShort(vtable + 2, (short) (file.position() - start));
        for (var link : links) {
            var at = elsewhere(link.value());
            file.putInt(link.place(), at - link.place());
        }
        return start;
    }

    private int elsewhere(Object value) {
        if (value instanceof Table table) {
            return table(table);
        }
        // The elements of a vector begin at a multiple of eight, its length is before them.
        align(Long.BYTES);
        file.putInt(0);
        var start = file.position();
        switch (value) {
            case String text ->
                vector(text.length()).put(text.getBytes(ISO_8859_1)).put((byte) 0);
            case byte[] bytes -> vector(bytes.length).put(bytes);
            case int[] numbers -> {
                vector(numbers.length);
                for (var number : numbers) {
                    file.putInt(number);
                }
            }
            case long[] numbers -> {
                vector(numbers.length);
                for (var number : numbers) {
                    file.putLong(number);
                }
            }
            case float[] numbers -> {
                vector(numbers.length);
                for (var number : numbers) {
                    file.putFloat(number);
                }
            }
            case List<?> tables -> {
                vector(tables.size()).position(file.position() + Integer.BYTES * tables.size());
                for (var index = 0; index < tables.size(); index++) {
                    var place = start + Integer.BYTES * (index + 1);
                    file.putInt(place, table((Table) tables.get(index)) - place);
                }
            }
            default -> throw new IllegalArgumentException("no field is a " + value.getClass());
        }
        return start;
    }

    private ByteBuffer vector(int length) {
        return file.putInt(length);
    }

    private void align(int bytes) {
        while (file.position() % bytes != 0) {
            file.put((byte) 0);
        }
    }
}
