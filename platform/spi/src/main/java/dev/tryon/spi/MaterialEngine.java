package dev.tryon.spi;

import dev.tryon.spi.ScanEngine.Scan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An engine whose catalogue items are materials: cloth with its maps, say, which others draw.
 *
 * <p>What it answers of an item depends on item, size and the engine's own code alone, so that it may be kept for good.
 */
public interface MaterialEngine extends TryOnEngine {
    /** Returns the sizes that maps are made in, in pixels each way, from the smallest. */
    List<Integer> materialSizes();

    /**
     * Returns what is known of a catalogue item, without making its maps: cheap. Thread-safe.
     *
     * @param itemId of the engine's own catalogue
     * @return empty if there is no such item
     */
    Optional<MaterialFacts> facts(String itemId);

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
     * @param progress told how far the work is; asked whether it is still wanted
     * @return empty if there is no such item
     * @throws IllegalArgumentException if it makes no such size
     * @throws TryOnException if the work was cancelled
     */
    Optional<byte[]> archive(String itemId, int size, Progress progress);

    /**
     * Returns a scan in every format that the engine hands on. Thread-safe; it may take a second.
     *
     * @param scan one of the engine's own, or one with the same pictures and properties; borrowed until the call returns
     * @param order how it is to come out
     * @param progress told how far the work is; asked whether it is still wanted
     * @throws TryOnException with {@link ErrorCode#INVALID_IMAGE} if pictures are missing or not of one size, or if the
     *     work was cancelled
     */
    Archive archive(Scan scan, Order order, Progress progress);

    /**
     * How a scan is to be handed on.
     *
     * @param title for people
     * @param made when it was scanned
     * @param finish what is changed of its surface
     */
    record Order(String title, Instant made, Finish finish) {
        /** Checks that there is a title. */
        public Order {
            if (title.isBlank()) {
                throw new IllegalArgumentException("a material has a title");
            }
        }
    }

    /**
     * What is changed of a scanned surface.
     *
     * @param relief factor on the slopes of its normals and on its height, 0..{@value #MOST_RELIEF}
     * @param roughness factor on its roughness, whose map stays within 0 and 1, 0..{@value #MOST_ROUGHNESS}
     */
    record Finish(double relief, double roughness) {
        /** The highest factor on the relief. */
        public static final double MOST_RELIEF = 3;

        /** The highest factor on the roughness. */
        public static final double MOST_ROUGHNESS = 2;

        /** Nothing is changed. */
        public static final Finish AS_SCANNED = new Finish(1, 1);

        /** Checks the ranges. */
        public Finish {
            if (!(relief >= 0 && relief <= MOST_RELIEF && roughness >= 0 && roughness <= MOST_ROUGHNESS)) {
                throw new IllegalArgumentException("no finish is " + relief + ", " + roughness);
            }
        }
    }

    /**
     * A material in every format that the engine hands on.
     *
     * @param facts what is known of it
     * @param size of its maps, in pixels each way
     * @param zip the files
     */
    @SuppressWarnings("ArrayRecordComponent") // archives are never compared
    record Archive(MaterialFacts facts, int size, byte[] zip) {}
}
