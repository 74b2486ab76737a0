package dev.tryon.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.TreeMap;

/** A device's memory, made up: every access must be aligned and inside one live allocation, as on a device. */
final class DeviceMemory {
    private static final int ALIGNMENT = 256;
    /** Like a device's, an address is no index: a kernel that cuts one to 32 bits must fail. */
    private static final long FIRST = 0x7F12_3400_0000L;

    private final TreeMap<Long, ByteBuffer> allocations = new TreeMap<>();
    private long next = FIRST;

    long allocate(long bytes) {
        var address = next;
        allocations.put(address, ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder()));
        next += ALIGNMENT * (Math.ceilDiv(bytes, ALIGNMENT) + 1);
        return address;
    }

    void free(long address) {
        if (allocations.remove(address) == null) {
            throw new AssertionError("freed, but never allocated: " + Long.toHexString(address));
        }
    }

    /** Returns how many allocations are live. */
    int live() {
        return allocations.size();
    }

    void write(long to, ByteBuffer from, int bytes) {
        var place = place(to, bytes, 1);
        place.memory.put(place.offset, from, 0, bytes);
    }

    void read(ByteBuffer to, long from, int bytes) {
        var place = place(from, bytes, 1);
        to.put(0, place.memory, place.offset, bytes);
    }

    /** Returns the bits at an address, zero-extended. @param bytes 1, 4 or 8 */
    long load(long address, int bytes) {
        var place = place(address, bytes, bytes);
        return switch (bytes) {
            case 1 -> place.memory.get(place.offset) & 0xFFL;
            case 4 -> place.memory.getInt(place.offset) & 0xFFFF_FFFFL;
            case 8 -> place.memory.getLong(place.offset);
            default -> throw new AssertionError("no access is of " + bytes + " bytes");
        };
    }

    /** Puts the low bits at an address. @param bytes 1 or 4 */
    void store(long address, int bytes, long bits) {
        var place = place(address, bytes, bytes);
        switch (bytes) {
            case 1 -> place.memory.put(place.offset, (byte) bits);
            case 4 -> place.memory.putInt(place.offset, (int) bits);
            default -> throw new AssertionError("no store is of " + bytes + " bytes");
        }
    }

    private record Place(ByteBuffer memory, int offset) {}

    private Place place(long address, int bytes, int alignment) {
        var allocation = allocations.floorEntry(address);
        if (allocation == null
                || address + bytes > allocation.getKey() + allocation.getValue().capacity()) {
            throw new AssertionError(bytes + " bytes at " + Long.toHexString(address) + " are nobody's");
        }
        if (address % alignment != 0) {
            throw new AssertionError("not aligned: " + bytes + " bytes at " + Long.toHexString(address));
        }
        return new Place(allocation.getValue(), (int) (address - allocation.getKey()));
    }
}
