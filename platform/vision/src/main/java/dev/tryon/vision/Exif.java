package dev.tryon.vision;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The one thing read from EXIF data (CIPA DC-008): the orientation in the first directory of its TIFF structure. */
final class Exif {
    private static final int ORIENTATION_TAG = 0x0112;
    private static final int ENTRY_BYTES = 12;
    private static final int TYPE_SHORT = 3;

    private Exif() {}

    /** Returns the orientation; upright where the data says none, or is broken. @param offset of the TIFF header */
    static Orientation orientation(byte[] bytes, int offset, int length) {
        if (length < 14) {
            return Orientation.UPRIGHT;
        }
        var tiff = ByteBuffer.wrap(bytes, offset, length).slice();
        switch (tiff.getShort(0)) {
            case 0x4949 -> tiff.order(ByteOrder.LITTLE_ENDIAN);
            case 0x4D4D -> tiff.order(ByteOrder.BIG_ENDIAN);
            default -> {
                return Orientation.UPRIGHT;
            }
        }
        var directory = tiff.getInt(4);
        if (directory < 8 || directory > length - 2) {
            return Orientation.UPRIGHT;
        }
        var entries = tiff.getShort(directory) & 0xFFFF;
        for (var at = directory + 2; entries > 0 && at <= length - ENTRY_BYTES; at += ENTRY_BYTES, entries--) {
            if ((tiff.getShort(at) & 0xFFFF) == ORIENTATION_TAG && tiff.getShort(at + 2) == TYPE_SHORT) {
                return Orientation.of(tiff.getShort(at + 8) & 0xFFFF);
            }
        }
        return Orientation.UPRIGHT;
    }
}
