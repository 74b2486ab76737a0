package dev.tryon.testkit;

import dev.tryon.server.Engines;
import dev.tryon.spi.Frame;
import dev.tryon.spi.MaterialEngine;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureFormat;
import dev.tryon.vision.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.opencv.core.Rect;

/** A contact sheet of all materials that are always there: each on a ball and in folds. */
public final class ClothSheet {
    private static final int CELL = 320;
    private static final int COLUMNS = 6;
    private static final int MAP_SIZE = 1024;
    private static final int QUALITY = 88;

    private ClothSheet() {}

    /**
     * Draws the sheet.
     *
     * @param arguments the file to write, a JPEG
     * @throws IOException if it cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        try (var engines = Engines.discover(Path.of("none"), _ -> Map.of(), InstantSource.system());
                var codec = new FrameCodec()) {
            var engine = engines.ready("fabric", MaterialEngine.class)
                    .orElseThrow(() -> new IllegalStateException("the fabric engine does not load"));
            try (var sheet = draw(engine)) {
                Files.write(Path.of(arguments[0]), codec.encode(sheet, PictureFormat.JPEG, QUALITY));
            }
        }
    }

    /** Draws all materials of an engine. @return the caller closes it */
    static Frame draw(MaterialEngine engine) {
        var items = engine.info().catalog();
        var rows = (2 * items.size() + COLUMNS - 1) / COLUMNS;
        var sheet = Frame.allocate(COLUMNS * CELL, rows * CELL);
        for (var at = 0; at < items.size(); at++) {
            try (var material = engine.material(items.get(at).id(), MAP_SIZE).orElseThrow()) {
                var maps = ClothMaps.of(material);
                try (var ball = ClothPicture.ball(maps, CELL);
                        var drape = ClothPicture.drape(maps, CELL)) {
                    place(sheet, 2 * at, ball);
                    place(sheet, 2 * at + 1, drape);
                }
            }
        }
        return sheet;
    }

    private static void place(Frame sheet, int cell, Frame picture) {
        var row = cell / COLUMNS;
        var place = Pixels.mat(sheet).submat(new Rect(cell % COLUMNS * CELL, row * CELL, CELL, CELL));
        Pixels.mat(picture).copyTo(place);
    }
}
