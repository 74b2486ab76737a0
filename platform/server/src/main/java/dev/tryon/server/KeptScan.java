package dev.tryon.server;

import dev.tryon.spi.Frame;
import dev.tryon.spi.ScanEngine.Scan;
import dev.tryon.store.Holdings;
import dev.tryon.store.Result;
import dev.tryon.vision.FrameCodec;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A scan as a result keeps it, its files in memory.
 *
 * @param maps encoded, by name
 * @param properties what was found out
 * @param made when it was scanned
 */
record KeptScan(Map<String, ByteBuffer> maps, JsonValue properties, Instant made) {
    /** Copies the maps. */
    KeptScan {
        maps = Map.copyOf(maps);
    }

    /** Reads the files of a scan's result, which waits for the store. */
    static KeptScan read(Holdings<Result> results, Result result) {
        var maps = new HashMap<String, ByteBuffer>();
        result.files().stream()
                .filter(file -> !file.name().equals(ResultKeeper.THUMBNAIL))
                .forEach(file -> maps.put(file.name(), results.read(file)));
        return new KeptScan(
                maps,
                result.metadata().getOrDefault(ScanRunner.PROPERTIES, JsonValue.EMPTY_JSON_OBJECT),
                result.createdAt());
    }

    /** Decodes the maps; the caller closes what is returned. For threads that work on pixels. */
    Scan decoded(FrameCodec codec) {
        var pictures = new HashMap<String, Frame>();
        try {
            new TreeMap<>(maps).forEach((name, file) -> pictures.put(name, codec.decodeUpload(file)));
            return new Scan(pictures, PropertyJson.read(properties.asJsonObject()));
        } catch (RuntimeException | Error failure) {
            pictures.values().forEach(Frame::close);
            throw failure;
        }
    }
}
