package dev.tryon.server;

import dev.tryon.server.MaterialCache.CachedFile;
import dev.tryon.spi.MaterialEngine;
import dev.tryon.spi.MaterialFacts;
import dev.tryon.spi.TryOnException;
import dev.tryon.store.StoreException;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipFile;

/**
 * The files of the materials that catalogues offer, each made once, however many ask for it at the same time.
 *
 * <p>Making takes seconds and goes on when whoever asked has gone, in turns on the device as all work on pixels. The call
 * waits, so it belongs on a virtual thread. Thread-safe.
 */
final class Materials {
    /** The word for the small picture among the sizes. */
    static final String THUMBNAIL = "thumbnail";

    private static final String BASE_COLOR = "basecolor";
    private static final int THUMBNAIL_SIDE = 320;
    private static final int THUMBNAIL_QUALITY = 82;
    /** How long somebody waits for a file that is being made. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private static final Duration RETRY = Duration.ofSeconds(2);

    private final MaterialCache cache;
    private final FrameCodec codec;
    private final PixelThreads pixels;
    private final Map<MaterialCache.Key, CompletableFuture<CachedFile>> making = new ConcurrentHashMap<>();
    private final Map<Module, String> codes = new ConcurrentHashMap<>();

    Materials(MaterialCache cache, FrameCodec codec, PixelThreads pixels) {
        this.cache = cache;
        this.codec = codec;
        this.pixels = pixels;
    }

    /**
     * A material as a catalogue offers it.
     *
     * @param engine that makes it
     * @param engineId the engine's id
     * @param item of the catalogue
     * @param version another one whenever its files are others
     * @param facts what is known of it
     */
    record Offered(MaterialEngine engine, String engineId, String item, String version, MaterialFacts facts) {
        private MaterialCache.Key key(String form) {
            return new MaterialCache.Key(engineId, item, version, form);
        }
    }

    /** Returns the material of an engine's own item. */
    Optional<Offered> own(LoadedEngine.Ready ready, String item) {
        if (!(ready.engine() instanceof MaterialEngine engine)) {
            return Optional.empty();
        }
        return engine.facts(item).map(facts -> new Offered(engine, ready.id(), item, version(engine), facts));
    }

    /** Engines are rarely given another number while they change, so their code counts too. */
    private String version(MaterialEngine engine) {
        return codes.computeIfAbsent(engine.getClass().getModule(), CodeDigest::of);
    }

    /**
     * Returns a material's archive.
     *
     * @param size that the engine makes
     * @throws Refusal if it is not ready yet, or too much waits already
     * @throws TryOnException if it cannot be made
     */
    CachedFile archive(Offered material, int size) {
        return once(
                material.key(String.valueOf(size)),
                () -> pixels.inSteps(material.engineId(), progress -> material.engine()
                        .archive(material.item(), size, progress)
                        .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal())));
    }

    /** Returns a small picture of a material's colour. @see #archive */
    CachedFile thumbnail(Offered material) {
        return once(material.key(THUMBNAIL), () -> {
            var archive = archive(material, material.engine().materialSizes().getFirst());
            var colors =
                    read(archive, Objects.requireNonNull(material.facts().maps().get(BASE_COLOR)));
            return pixels.call(material.engineId(), () -> {
                try (var picture = codec.decodeUpload(ByteBuffer.wrap(colors));
                        var small = codec.shrink(picture, THUMBNAIL_SIDE)) {
                    return codec.encode(small, PictureFormat.JPEG, THUMBNAIL_QUALITY);
                }
            });
        });
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
        var others = making.putIfAbsent(key, mine);
        if (others == null) {
            Thread.ofVirtual().name("material").start(() -> make(key, maker, mine));
        }
        return await(others == null ? mine : others);
    }

    /** Somebody else may have made it between the look into the cache and the beginning. */
    private void make(MaterialCache.Key key, Maker maker, CompletableFuture<CachedFile> future) {
        try {
            var there = cache.find(key);
            future.complete(there.isPresent() ? there.get() : cache.put(key, maker.make()));
        } catch (RuntimeException | Error failure) {
            future.completeExceptionally(failure);
        } finally {
            making.remove(key, future);
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
