package dev.tryon.server;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.Frame;
import dev.tryon.spi.MaterialEngine;
import dev.tryon.spi.MaterialEngine.Archive;
import dev.tryon.spi.MaterialEngine.Finish;
import dev.tryon.spi.MaterialEngine.Order;
import dev.tryon.spi.Rgb;
import dev.tryon.store.CatalogEntry;
import dev.tryon.store.Entry;
import dev.tryon.store.Filter;
import dev.tryon.store.Material;
import dev.tryon.store.NewFile;
import dev.tryon.store.Position;
import dev.tryon.store.Result;
import dev.tryon.store.Store;
import dev.tryon.vision.FrameCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scans in catalogues: made of results, kept in the store for as long as a catalogue names them, and a while longer for
 * pages that are open.
 *
 * <p>A scan is kept before a catalogue names it, and a catalogue names another before the former one goes. What a crash
 * leaves between the two is found by {@link #retire}. Thread-safe; calls wait for the store, so they belong on virtual
 * threads.
 */
final class ScannedMaterials {
    private static final Logger LOG = LoggerFactory.getLogger(ScannedMaterials.class);
    /** Within this a catalogue names what was made for it. */
    private static final Duration UNNAMED = Duration.ofHours(1);

    private static final int AT_A_TIME = 200;
    private static final String NOBODY = "";
    private static final String BASE_COLOR = "basecolor";

    private final Store store;
    private final FrameCodec codec;
    private final ResultKeeper results;
    private final PixelThreads pixels;
    private final Ids ids;
    private final InstantSource clock;
    private final Duration previousFor;

    /** @param previousFor how long a scan stays that no catalogue names any more */
    ScannedMaterials(
            Store store,
            FrameCodec codec,
            ResultKeeper results,
            PixelThreads pixels,
            Ids ids,
            InstantSource clock,
            Duration previousFor) {
        this.store = store;
        this.codec = codec;
        this.results = results;
        this.pixels = pixels;
        this.ids = ids;
        this.clock = clock;
        this.previousFor = previousFor;
    }

    /**
     * A scan that an administrator wants in a catalogue.
     *
     * @param result of the scan
     * @param finish what is changed of its surface
     */
    record Wanted(Result result, Finish finish) {
        /** Returns a text that is the same for the same wish. */
        String source() {
            return result.id() + " " + finish.relief() + " " + finish.roughness();
        }
    }

    /** A scan that was made for a catalogue. @param color the mean of its own */
    record Made(Material material, Rgb color) {}

    /**
     * Makes and keeps what a catalogue is to show.
     *
     * @param item that shows it
     * @throws dev.tryon.spi.TryOnException with INVALID_IMAGE if the scan is not whole
     */
    Made make(String engineId, MaterialEngine engine, CatalogItem item, Wanted wanted) {
        var kept = KeptScan.read(store.results(), wanted.result());
        var order = new Order(item.title(), kept.made(), wanted.finish());
        record Drawn(Archive archive, NewFile thumbnail, Rgb color) {}
        var drawn = pixels.inSteps(engineId, progress -> {
            try (var scan = kept.decoded(codec)) {
                var archive = engine.archive(scan, order, progress);
                var colors = Objects.requireNonNull(scan.pictures().get(BASE_COLOR));
                return new Drawn(archive, results.thumbnail(colors), color(colors));
            }
        });
        var id = ids.next();
        var archive = drawn.archive();
        var facts = MaterialJson.of(archive.facts(), id.toString(), List.of(archive.size()));
        var draft = Material.draft(id, engineId, item.id(), wanted.source(), facts, clock.instant());
        var file = new NewFile(Material.ARCHIVE, "application/zip", ByteBuffer.wrap(archive.zip()));
        return new Made(store.materials().keep(draft, List.of(file, drawn.thumbnail())), drawn.color());
    }

    private Rgb color(Frame baseColor) {
        try (var mean = codec.shrink(baseColor, 1)) {
            var pixels = mean.pixels();
            return new Rgb(pixels.get(2) & 0xFF, pixels.get(1) & 0xFF, pixels.get(0) & 0xFF);
        }
    }

    /** Takes back what no catalogue came to name. */
    void remove(Material material) {
        store.materials().remove(material.id(), NOBODY);
    }

    /**
     * Returns the scans that are or were shown as an item. What was made lately and is not named is not among them: a
     * catalogue may be about to name it.
     *
     * @param named the version that the item shows now
     */
    List<Material> shown(String engine, String item, Optional<String> named) {
        var shown = new ArrayList<Material>();
        var now = clock.instant();
        forEach(store.materials()::list, Filter.all().engine(engine), material -> {
            var mayBeNamed = material.isForGood()
                    && !material.createdAt().plus(UNNAMED).isBefore(now)
                    && !named.equals(Optional.of(material.id().toString()));
            if (material.item().equals(item) && !mayBeNamed) {
                shown.add(material);
            }
        });
        return shown;
    }

    /** Returns a version of an item, if it is kept. */
    Optional<Material> find(String engine, String item, String version) {
        return Ids.parse(version)
                .flatMap(store.materials()::find)
                .filter(material -> material.engine().equals(engine)
                        && material.item().equals(item)
                        && material.id().toString().equals(version));
    }

    /** Returns a file of one that was found. */
    byte[] read(Material material, String file) {
        var content = store.materials().read(material.file(file).orElseThrow());
        var bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    /** Gives what no catalogue names any more its last days. Any number of nodes may do so at a time. */
    void retire() {
        var named = named();
        var now = clock.instant();
        forEach(store.materials()::list, Filter.all(), material -> {
            if (!named.contains(material.id())
                    && material.isForGood()
                    && material.createdAt().plus(UNNAMED).isBefore(now)
                    && store.materials().keepUntil(material, now.plus(previousFor))) {
                LOG.info("material {} of {} is shown no more", material.id(), material.engine());
            }
        });
    }

    private Set<UUID> named() {
        var named = new HashSet<UUID>();
        forEach(store.catalog()::list, Filter.all(), entry -> Optional.of(entry)
                .filter(offered -> offered.state() == CatalogEntry.State.OFFERED)
                .flatMap(offered -> OfferedItem.scan(offered.content()))
                .flatMap(scan -> Ids.parse(MaterialJson.version(scan)))
                .ifPresent(named::add));
        return named;
    }

    /** Lists entries, page after page. */
    @FunctionalInterface
    private interface Pages<T> {
        List<T> list(Filter filter, Optional<Position> after, int limit);
    }

    private static <T extends Entry<T>> void forEach(Pages<T> pages, Filter filter, Consumer<T> action) {
        Optional<Position> after = Optional.empty();
        for (var some = pages.list(filter, after, AT_A_TIME); !some.isEmpty(); ) {
            some.forEach(action);
            after = Optional.of(Position.after(some.getLast()));
            some = pages.list(filter, after, AT_A_TIME);
        }
    }
}
