package dev.tryon.server;

import dev.tryon.spi.Frame;
import dev.tryon.spi.Progress;
import dev.tryon.spi.ScanEngine;
import dev.tryon.store.NewFile;
import dev.tryon.store.Store;
import dev.tryon.store.Upload;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureFormat;
import jakarta.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;

/** Turns a photo into named pictures, kept without loss, and properties. */
record ScanRunner(Store store, FrameCodec codec, ResultKeeper results) implements JobRunner {
    /** Where a result's metadata says what was found out. */
    static final String PROPERTIES = "properties";

    private static final PictureFormat FORMAT = PictureFormat.PNG;
    private static final int LOSSLESS = 100;

    @Override
    public JobOutput run(Assignment assignment, Progress progress) {
        if (!(assignment.engine() instanceof ScanEngine engine)) {
            throw new IllegalArgumentException("the engine scans nothing");
        }
        var file = store.uploads().read(assignment.input().file(Upload.CONTENT).orElseThrow());
        progress.report(0);
        try (var photo = codec.decodeUpload(file);
                var scan = engine.scan(photo, assignment.look().options(), progress)) {
            var files = new ArrayList<NewFile>();
            new TreeMap<>(scan.pictures())
                    .forEach((name, picture) -> files.add(new NewFile(name, FORMAT.mediaType(), encoded(picture))));
            files.add(results.thumbnail(scan.pictures().getOrDefault("basecolor", photo)));
            var properties = PropertyJson.addAll(Json.createObjectBuilder(), scan.properties());
            return new JobOutput.Made(
                    files,
                    Optional.empty(),
                    Json.createObjectBuilder().add(PROPERTIES, properties).build());
        }
    }

    private ByteBuffer encoded(Frame picture) {
        return ByteBuffer.wrap(codec.encode(picture, FORMAT, LOSSLESS));
    }
}
