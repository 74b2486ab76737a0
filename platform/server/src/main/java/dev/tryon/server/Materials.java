package dev.tryon.server;

import dev.tryon.server.MaterialCache.CachedFile;
import dev.tryon.spi.MaterialEngine;
import dev.tryon.spi.TryOnException;
import dev.tryon.store.Material;
import dev.tryon.store.StoreException;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureFormat;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.zip.ZipFile;

/**
 * The files of the materials that catalogues offer, each made once, however many ask for it at the same time.
 *
 * <p>Making takes seconds and goes on when whoever asked has gone, in turns on the device as all work on pixels. The call
 * waits, so it belongs on a virtual thread. Thread-safe.
 */
final class Materials {
    /** The word for the small picture among the sizes. */
    private static final String THUMBNAIL = "thumbnail";

    /** How long somebody waits for a file that is being made. */
    private static final Duration PATIENCE = Duration.ofSeconds(55);

    private static final Duration RETRY = Duration.ofSeconds(2);

    private final MaterialCache cache;
    private final FrameCodec codec;
    private final PixelThreads making;
    private final PixelThreads shrinking;
    private final ScannedMaterials scans;
    private final Map<MaterialCache.Key, CompletableFuture<CachedFile>> underWay = new ConcurrentHashMap<>();
    /** Held while something is kept or forgotten. */
    private final Object keeping = new Object();

    private final Map<String, String> codes;

    /**
     * Makes none yet.
     *
     * @param codes of the engines, as {@link CodeDigest#ofMaterials}
     * @param making for what takes seconds
     * @param shrinking for what does not, so that a thumbnail does not wait for the next material
     */
    Materials(
            MaterialCache cache,
            FrameCodec codec,
            PixelThreads making,
            PixelThreads shrinking,
            ScannedMaterials scans,
            Map<String, String> codes) {
        this.codes = Map.copyOf(codes);
        this.scans = scans;
        this.cache = cache;
        this.codec = codec;
        this.making = making;
        this.shrinking = shrinking;
    }

    /**
     * A material whose files are to be had.
     *
     * @param version another one whenever its files are others
     * @param told what the catalogue tells of it
     * @param source of its files
     */
    record Offered(String engine, String item, String version, JsonObject told, Source source) {
        private MaterialCache.Key key(String form) {
            return new MaterialCache.Key(engine, item, version, form);
        }
    }

    /** Makes the files of a material, or fetches them. */
    interface Source {
        /** Returns the archive with maps of this size, which the material has. @throws Refusal if it is gone */
        byte[] archive(int size);

        /** Returns a small picture of its colour. @param archive the smallest that there is, if one is needed */
        byte[] thumbnail(Supplier<CachedFile> archive);
    }

    /** A scan, whose files the store has. */
    private record Kept(ScannedMaterials scans, Material material) implements Source {
        @Override
        public byte[] archive(int size) {
            return scans.read(material, Material.ARCHIVE);
        }

        @Override
        public byte[] thumbnail(Supplier<CachedFile> archive) {
            return scans.read(material, Material.THUMBNAIL);
        }
    }

    /** An engine's own item, in a version that this build makes, or an earlier one made. */
    private final class Own implements Source {
        private final LoadedEngine.Ready ready;
        private final String item;
        private final String version;
        private final JsonObject told;

        Own(LoadedEngine.Ready ready, String item, String version, JsonObject told) {
            this.ready = ready;
            this.item = item;
            this.version = version;
            this.told = told;
        }

        @Override
        public byte[] archive(int size) {
            if (!(ready.engine() instanceof MaterialEngine engine)
                    || !MaterialJson.version(told).equals(version)) {
                throw gone();
            }
            return making.inSteps(ready.id(), progress -> engine.archive(item, size, progress))
                    .orElseThrow(Materials::gone);
        }

        @Override
        public byte[] thumbnail(Supplier<CachedFile> archive) {
            var colors = Materials.read(archive.get(), MaterialJson.colors(told));
            return shrinking.call(ready.id(), () -> {
                try (var picture = codec.decodeUpload(ByteBuffer.wrap(colors));
                        var small = codec.shrink(picture, ResultKeeper.THUMBNAIL_SIDE)) {
                    return codec.encode(small, PictureFormat.JPEG, ResultKeeper.THUMBNAIL_QUALITY);
                }
            });
        }
    }

    /** Returns what the catalogue tells of an item, if it is a material. */
    Optional<JsonObject> told(LoadedEngine.Ready ready, OfferedItem offered) {
        return offered.scan().or(() -> own(ready, offered.item().id()));
    }

    /** Engines are rarely given another number while they change, so their code is what tells their versions apart. */
    private Optional<JsonObject> own(LoadedEngine.Ready ready, String item) {
        if (!(ready.engine() instanceof MaterialEngine engine)) {
            return Optional.empty();
        }
        return engine.facts(item)
                .map(facts ->
                        MaterialJson.of(facts, Objects.requireNonNull(codes.get(ready.id())), engine.materialSizes()));
    }

    /**
     * Returns one version of an item's material: what the catalogue tells, a scan that it told of a while ago, or what an
     * earlier build of the engine has made and is not cleared away yet.
     */
    Optional<Offered> find(LoadedEngine.Ready ready, OfferedItem offered, String version) {
        var item = offered.item().id();
        if (isScan(version)) {
            return scans.find(ready.id(), item, version)
                    .map(scan -> new Offered(ready.id(), item, version, scan.facts(), new Kept(scans, scan)));
        }
        return own(ready, item)
                .map(told -> new Offered(ready.id(), item, version, told, new Own(ready, item, version, told)));
    }

    /** The store alone says whether a scan is still there, for this node's own files outlive it. */
    private static boolean isScan(String version) {
        return Ids.parse(version).isPresent();
    }

    private static Refusal gone() {
        return Problem.of(ProblemType.NOT_FOUND, "Look its address up in the catalogue again.")
                .refusal();
    }

    /**
     * Returns a material's archive.
     *
     * @param size that it has
     * @throws Refusal if it is gone or not ready yet, or too much waits already
     * @throws TryOnException if it cannot be made
     */
    CachedFile archive(Offered material, int size) {
        return once(material.key(String.valueOf(size)), () -> material.source().archive(size));
    }

    /** Returns a small picture of a material's colour. @see #archive */
    CachedFile thumbnail(Offered material) {
        return once(material.key(THUMBNAIL), () -> material.source()
                .thumbnail(() ->
                        archive(material, MaterialJson.sizes(material.told()).getFirst())));
    }

    /**
     * Removes what was shown as an item; what its engine makes of it may be made again.
     *
     * @param shown the scans among it
     */
    void forget(String engine, String item, List<Material> shown) {
        shown.forEach(scans::remove);
        synchronized (keeping) {
            underWay.keySet()
                    .removeIf(key -> key.engine().equals(engine) && key.item().equals(item));
            cache.removeAll(engine, item);
        }
    }

    /** Gives scans that no catalogue names their last days, and removes this node's files of those that are gone. */
    void sweep() {
        scans.retire();
        var gone = cache.keys().stream()
                .filter(key -> isScan(key.version()))
                .filter(key ->
                        scans.find(key.engine(), key.item(), key.version()).isEmpty())
                .toList();
        gone.forEach(cache::remove);
    }

    private static byte[] read(CachedFile archive, String name) {
        try (var zip = new ZipFile(archive.path().toFile());
                var content = zip.getInputStream(zip.getEntry(name))) {
            return content.readAllBytes();
        } catch (IOException failure) {
            throw new StoreException("the archive " + archive.path() + " cannot be read", failure);
        }
    }

    /** Makes a file. */
    @FunctionalInterface
    private interface Maker {
        byte[] make();
    }

    private CachedFile once(MaterialCache.Key key, Maker maker) {
        var there = cache.find(key);
        if (there.isPresent()) {
            return there.get();
        }
        var mine = new CompletableFuture<CachedFile>();
        var others = underWay.putIfAbsent(key, mine);
        if (others == null) {
            Thread.ofVirtual().name("material").start(() -> make(key, maker, mine));
        }
        return await(others == null ? mine : others);
    }

    /** Somebody else may have made it between the look into the cache and the beginning. */
    private void make(MaterialCache.Key key, Maker maker, CompletableFuture<CachedFile> future) {
        try {
            var there = cache.find(key);
            future.complete(there.isPresent() ? there.get() : keep(key, maker.make(), future));
        } catch (RuntimeException | Error failure) {
            future.completeExceptionally(failure);
        } finally {
            underWay.remove(key, future);
        }
    }

    /** What was forgotten while it was made is not kept. */
    private CachedFile keep(MaterialCache.Key key, byte[] content, CompletableFuture<CachedFile> future) {
        synchronized (keeping) {
            if (underWay.get(key) != future) {
                throw gone();
            }
            return cache.put(key, content);
        }
    }

    private static CachedFile await(CompletableFuture<CachedFile> future) {
        try {
            return future.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw Problem.busy(RETRY).refusal();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Problem.busy(RETRY).refusal();
        } catch (ExecutionException failure) {
            switch (Objects.requireNonNull(failure.getCause())) {
                case Refusal refusal -> throw refusal;
                case TryOnException expected -> throw expected;
                case StoreException away -> throw away;
                default -> throw new IllegalStateException("a material cannot be made", failure.getCause());
            }
        }
    }
}
