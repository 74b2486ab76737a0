package dev.tryon.testkit;

import dev.tryon.spi.Frame;
import dev.tryon.spi.OptionValue;
import dev.tryon.spi.Options;
import dev.tryon.spi.Progress;
import dev.tryon.spi.ScanEngine;
import dev.tryon.spi.ScanEngine.Property;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureFormat;
import dev.tryon.vision.Pixels;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.opencv.core.Mat;
import org.opencv.core.Point;

/**
 * A scan and the time that it took.
 *
 * @param millis of the processor, for the maps alone: whatever else runs, it counts the scan's own work
 * @param encodedMillis with the maps written as PNG, those without detail as JPEG
 */
record Scanned(ScanEngine.Scan scan, double millis, double encodedMillis) implements AutoCloseable {
    private static final int QUALITY = 92;

    /** Scans a photo. */
    static Scanned of(ScanEngine engine, FrameCodec codec, Frame photo, Map<String, OptionValue> options) {
        var start = cpuNanos();
        var scan = engine.scan(photo, Options.of(engine.info().options(), options), Progress.UNWATCHED);
        var made = cpuNanos();
        scan.pictures().forEach((name, picture) -> {
            // DirectX's normals are the same picture with green the other way: whoever wants them has them from it.
            if (!name.equals("normal-dx")) {
                codec.encode(picture, name.equals("normal") ? PictureFormat.PNG : PictureFormat.JPEG, QUALITY);
            }
        });
        return new Scanned(scan, (made - start) / 1e6, (cpuNanos() - start) / 1e6);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Returns a map, {@code CV_8UC3}, BGR, valid until this is closed. */
    Mat picture(String name) {
        return Pixels.mat(Objects.requireNonNull(scan.pictures().get(name)));
    }

    /** Returns a property's number. */
    double number(String name) {
        return ((Property.Quantity) Objects.requireNonNull(scan.properties().get(name))).value();
    }

    /** Returns a property's word. */
    String word(String name) {
        return ((Property.Text) Objects.requireNonNull(scan.properties().get(name))).value();
    }

    /** Returns a property's places, in pixels of the photo. */
    List<Point> places(String name) {
        var values =
                ((Property.Numbers) Objects.requireNonNull(scan.properties().get(name))).values();
        return IntStream.range(0, values.size() / 2)
                .mapToObj(i -> new Point(values.get(2 * i), values.get(2 * i + 1)))
                .toList();
    }

    @Override
    public void close() {
        scan.close();
    }
}
