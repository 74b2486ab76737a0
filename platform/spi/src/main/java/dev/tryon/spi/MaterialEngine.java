package dev.tryon.spi;

import dev.tryon.spi.ScanEngine.Scan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An engine whose catalogue items are materials: cloth with its maps, say, which others draw.
 *
 * <p>What it answers depends on item, size and the engine's version alone, so that it may be kept for good.
 */
public interface MaterialEngine extends TryOnEngine {
    /** Returns the sizes that maps are made in, in pixels each way, from the smallest. */
    List<Integer> materialSizes();

    /**
     * Returns a catalogue item as a scan of it would come out: its maps and what is known of it. Thread-safe; it may
     * take seconds.
     *
     * @param itemId of the engine's own catalogue
     * @param size one of {@link #materialSizes()}
     * @return the caller closes it; empty if there is no such item
     * @throws IllegalArgumentException if it makes no such size
     */
    Optional<Scan> material(String itemId, int size);

    /**
     * Returns a catalogue item in every format that the engine hands on, as one ZIP. Thread-safe; it may take seconds.
     *
     * @param itemId of the engine's own catalogue
     * @param size one of {@link #materialSizes()}
     * @return empty if there is no such item
     * @throws IllegalArgumentException if it makes no such size
     */
    Optional<byte[]> archive(String itemId, int size);

    /**
     * Returns a scan in every format that the engine hands on, as one ZIP. Thread-safe; it may take a second.
     *
     * @param scan one of the engine's own, or one with the same pictures and properties; borrowed until the call returns
     * @param title for people
     * @param made when it was scanned
     * @throws TryOnException with {@link ErrorCode#INVALID_IMAGE} if pictures are missing or not of one size
     */
    byte[] archive(Scan scan, String title, Instant made);
}
