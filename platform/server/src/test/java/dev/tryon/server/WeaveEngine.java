package dev.tryon.server;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.MaterialEngine;
import dev.tryon.spi.MaterialFacts;
import dev.tryon.spi.OptionSpec;
import dev.tryon.spi.Options;
import dev.tryon.spi.Progress;
import dev.tryon.spi.Rgb;
import dev.tryon.spi.ScanEngine;
import dev.tryon.spi.TryOnException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An engine with one material of its own, {@code plain}; scans are red, and whole if they have a normal map. */
final class WeaveEngine implements ScanEngine, MaterialEngine {
    /** What making waits for while it {@link #waits}; a test gives permits. */
    final Semaphore gate = new Semaphore(0);

    private final String id;

    final AtomicBoolean waits = new AtomicBoolean();

    /** Archives of its own item that were begun. */
    final AtomicInteger made = new AtomicInteger();

    /** Archives of scans that were begun. */
    final AtomicInteger scanned = new AtomicInteger();

    WeaveEngine() {
        this("weave");
    }

    /** Makes one of another name. */
    WeaveEngine(String id) {
        this.id = id;
    }

    @Override
    public EngineInfo info() {
        return new EngineInfo(
                id,
                "Weave",
                "1.0",
                List.of(
                        new OptionSpec.Choice("mood", "Mood", List.of("calm", "blind", "holed"), "calm"),
                        new OptionSpec.Choice("size", "Size", List.of("1024", "2048"), "1024")),
                List.of(new CatalogItem(
                        "plain", "Plain", "Woven", List.of("linen"), List.of(new Rgb(200, 190, 160)), Map.of())),
                new EngineInfo.ResourceEstimate(1 << 20, 1));
    }

    @Override
    public void start(EngineContext context) {}

    @Override
    public Scan scan(Frame photo, Options options, Progress progress) {
        return switch (options.choice("mood")) {
            case "blind" ->
                throw new TryOnException(
                        ErrorCode.FABRIC_NOT_DETECTED, "No cloth is in the picture.", "secret detail for the log");
            case "holed" -> new Scan(Map.of("basecolor", red()), Map.of());
            default ->
                new Scan(
                        Map.of("basecolor", red(), "normal", red()),
                        Map.of("class", new Property.Text("denim"), "widthMillimetres", new Property.Quantity(50)));
        };
    }

    private static Frame red() {
        var frame = Frame.allocate(32, 32);
        for (int pixel = 0; pixel < 32 * 32; pixel++) {
            frame.pixels().put(3 * pixel + 2, (byte) 200);
        }
        return frame;
    }

    @Override
    public List<Integer> materialSizes() {
        return List.of(16, 32);
    }

    @Override
    public Optional<MaterialFacts> facts(String itemId) {
        return itemId.equals("plain")
                ? Optional.of(new MaterialFacts(
                        "woven",
                        Optional.of(new MaterialFacts.TileSize(36, 30)),
                        0.03,
                        0.71,
                        0,
                        Optional.of(new MaterialFacts.Sheen(new Rgb(1, 2, 3), 0.4)),
                        Map.of("basecolor", "basecolor.jpg")))
                : Optional.empty();
    }

    @Override
    public Optional<Scan> material(String itemId, int size) {
        throw new UnsupportedOperationException("the server asks for archives alone");
    }

    @Override
    public Optional<byte[]> archive(String itemId, int size, Progress progress) {
        made.incrementAndGet();
        progress.report(0.5);
        if (waits.get()) {
            gate.acquireUninterruptibly();
        }
        return facts(itemId).map(_ -> zip(itemId + " of " + size));
    }

    @Override
    public Archive archive(Scan scan, Order order, Progress progress) {
        scanned.incrementAndGet();
        if (!scan.pictures().containsKey("normal")) {
            throw new TryOnException(ErrorCode.INVALID_IMAGE, "It is not whole.", "no normal map");
        }
        if (waits.get()) {
            gate.acquireUninterruptibly();
        }
        var width = scan.properties().get("widthMillimetres") instanceof Property.Quantity(var value) ? value : 0;
        var finish = order.finish();
        return new Archive(
                new MaterialFacts(
                        "denim",
                        Optional.of(new MaterialFacts.TileSize(width, width)),
                        0.01,
                        0.8,
                        0,
                        Optional.empty(),
                        Map.of("basecolor", "basecolor.jpg")),
                32,
                zip(order.title() + ", relief " + finish.relief() + ", roughness " + finish.roughness()));
    }

    private static byte[] zip(String words) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry("basecolor.jpg"));
            zip.write(Pictures.small());
            zip.putNextEntry(new ZipEntry("material.gltf"));
            zip.write(words.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }
}
