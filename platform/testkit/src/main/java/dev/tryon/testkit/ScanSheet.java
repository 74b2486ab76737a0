package dev.tryon.testkit;

import dev.tryon.spi.Frame;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureFormat;
import dev.tryon.vision.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * A contact sheet of scans, to be looked at: photo, straightened swatch, three by three tiles, normals, rendered cloth.
 *
 * <p>Two scans stand side by side. One thread at a time.
 */
final class ScanSheet implements AutoCloseable {
    private static final int CELL = 300;
    private static final int CELLS = 5;
    private static final int SIDE_BY_SIDE = 2;
    private static final int TILES = 3;
    private static final int QUALITY = 88;

    private final Frame sheet;
    private int scans;

    /** Begins a sheet for so many scans. */
    ScanSheet(int most) {
        var rows = (most + SIDE_BY_SIDE - 1) / SIDE_BY_SIDE;
        this.sheet = Frame.allocate(SIDE_BY_SIDE * CELLS * CELL, rows * CELL);
        Pixels.mat(sheet).setTo(Scalar.all(0));
    }

    /** Adds a scan. @param photo borrowed, as is the scan */
    void add(Frame photo, Scanned scanned) {
        var picture = Pixels.mat(photo);
        var base = scanned.picture("basecolor");
        place(0, picture);
        place(1, straightened(picture, scanned.places("corners")));
        var small = new Mat();
        Imgproc.resize(base, small, new Size(CELL / (double) TILES, CELL / (double) TILES), 0, 0, Imgproc.INTER_AREA);
        var tiled = new Mat();
        Core.repeat(small, TILES, TILES, tiled);
        place(2, tiled);
        place(3, scanned.picture("normal"));
        try (var cloth = ClothPicture.drape(ClothMaps.of(scanned.scan()), CELL)) {
            place(4, Pixels.mat(cloth));
        }
        scans++;
    }

    /** Leaves a place for a photograph that was refused. */
    void addRefused(Frame photo) {
        place(0, Pixels.mat(photo));
        scans++;
    }

    /** Writes the sheet as JPEG. */
    void write(FrameCodec codec, Path file) throws IOException {
        Files.write(file, codec.encode(sheet, PictureFormat.JPEG, QUALITY));
    }

    private static Mat straightened(Mat photo, List<Point> corners) {
        var square = new MatOfPoint2f(new Point(0, 0), new Point(CELL, 0), new Point(CELL, CELL), new Point(0, CELL));
        var straight = new Mat();
        var map = Imgproc.getPerspectiveTransform(new MatOfPoint2f(corners.toArray(new Point[0])), square);
        Imgproc.warpPerspective(photo, straight, map, new Size(CELL, CELL), Imgproc.INTER_AREA);
        return straight;
    }

    private void place(int cell, Mat picture) {
        var scale = Math.min((double) CELL / picture.cols(), (double) CELL / picture.rows());
        var fitted = new Mat();
        Imgproc.resize(picture, fitted, new Size(), scale, scale, Imgproc.INTER_AREA);
        var row = scans / SIDE_BY_SIDE;
        var left = (scans % SIDE_BY_SIDE * CELLS + cell) * CELL;
        fitted.copyTo(Pixels.mat(sheet).submat(new Rect(left, row * CELL, fitted.cols(), fitted.rows())));
    }

    @Override
    public void close() {
        sheet.close();
    }
}
