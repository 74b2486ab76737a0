package dev.tryon.models;

/** What a TFLite tensor is made of, in the order of the file format's numbers. */
enum ElementType {
    FLOAT32(4),
    FLOAT16(2),
    INT32(4),
    UINT8(1),
    INT64(8),
    STRING(0),
    BOOL(1),
    INT16(2),
    COMPLEX64(8),
    INT8(1);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the size of an element, 0 for what has none. */
    int bytes() {
        return bytes;
    }

    static ElementType of(int number) {
        if (number < 0 || number >= values().length) {
            throw Refusal.of("it has tensors of a type that is not known here, number " + number);
        }
        return values()[number];
    }
}
