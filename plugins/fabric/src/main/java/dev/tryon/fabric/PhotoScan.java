package dev.tryon.fabric;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Progress;
import dev.tryon.spi.TryOnException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * The way from a photo to maps that tile: find the swatch, straighten it, even out the light, find the repeat, cut whole
 * periods, join the sides, read the relief.
 *
 * <p>Threads: one a scan; nothing is shared.
 */
final class PhotoScan {
    private static final int LEAST_SIDE = 96;
    private static final double CUT_OFF_STRENGTH = 0.2;
    private static final double MOST_LIGHT_RATIO = 6;
    /** Share of a roughness map's range by which deep places are rougher. */
    private static final double ROUGHNESS_DETAIL = 0.03;

    private final Mat photo;
    private final ScanOrder order;
    private final Progress progress;
    private final MatScope scope;
    private final Set<ScanWarning> warnings = EnumSet.noneOf(ScanWarning.class);

    private PhotoScan(Mat photo, ScanOrder order, Progress progress, MatScope scope) {
        this.photo = photo;
        this.order = order;
        this.progress = progress;
        this.scope = scope;
    }

    /**
     * Scans.
     *
     * @param photo {@code CV_8UC3}, BGR
     * @param scope owns the maps of the result
     * @throws TryOnException if there is no cloth, too little of it, or the scan was cancelled
     */
    static ScannedCloth of(Mat photo, ScanOrder order, Progress progress, MatScope scope) {
        if (Math.min(photo.cols(), photo.rows()) < LEAST_SIDE) {
            throw tooSmall();
        }
        return new PhotoScan(photo, order, progress, scope).scan();
    }

    private ScannedCloth scan() {
        var swatch = swatch();
        if (Math.min(swatch.corners().width(), swatch.corners().height()) < LEAST_SIDE) {
            throw tooSmall();
        }
        step(0.15);
        var straightener = Straightener.of(photo, swatch.corners());
        var aspect = order.aspect(swatch.corners(), photo.cols(), photo.rows());
        var plain = straightener.read(TilePlace.whole().projection(), RepeatFinder.SIDE, scope);
        PhotoChecks.of(plain, swatch, order.side(), warnings, scope);
        var light = LightField.of(Straightener.linear(plain, LightField.SIDE, scope), scope);
        var range = Core.minMaxLoc(light);
        if (range.maxVal / range.minVal > MOST_LIGHT_RATIO) {
            warnings.add(ScanWarning.UNEVEN_LIGHT);
        }
        step(0.3);
        var evened = Straightener.evened(plain, light, TilePlace.whole().projection(), scope);
        var repeat = RepeatFinder.find(evened, aspect);
        step(0.5);
        var place = place(straightener, evened, light, repeat, aspect);
        var base = tile(straightener, light, place);
        step(0.75);
        var maps = new MapMaker(base, repeat, order.kind(), scope).make();
        step(1);
        if (repeat.isEmpty() && maps.dye() > CUT_OFF_STRENGTH) {
            warnings.add(ScanWarning.PATTERN_CUT_OFF);
        }
        return new ScannedCloth(
                maps,
                swatch,
                straightener.place(place.projection()),
                repeat,
                aspect,
                order.size(place, aspect),
                Math.clamp(1 - Math.log(range.maxVal / range.minVal) / Math.log(MOST_LIGHT_RATIO) / 2, 0, 1),
                Set.copyOf(warnings));
    }

    private PhotoSwatch swatch() {
        return switch (order.find()) {
            case GIVEN -> new PhotoSwatch(order.corners(photo.cols(), photo.rows()), PhotoSwatch.Origin.GIVEN, 1);
            case WHOLE_PHOTO -> whole(1);
            case FOUND ->
                SwatchFinder.find(photo).orElseGet(() -> {
                    PhotoChecks.requireCloth(photo, scope);
                    if (!Wrap.tiles(photo)) {
                        warnings.add(ScanWarning.NO_EDGES);
                    }
                    return whole(0.5);
                });
        };
    }

    private PhotoSwatch whole(double confidence) {
        return new PhotoSwatch(Corners.of(photo.cols(), photo.rows()), PhotoSwatch.Origin.WHOLE_PHOTO, confidence);
    }

    private TilePlace place(Straightener straightener, Mat evened, Mat light, Optional<Repeat> repeat, double aspect) {
        var margin = straightener.margin();
        // A tile that somebody made, photographed or not, is best left as it is.
        if (tiles(straightener, evened, light)) {
            return TilePlace.whole();
        }
        return repeat.map(found -> TilePlace.of(found, margin)).orElseGet(() -> TilePlace.square(aspect, margin));
    }

    private boolean tiles(Straightener straightener, Mat evened, Mat light) {
        if (order.find() == PhotoSwatch.Origin.FOUND && Wrap.tiles(photo)) {
            return true;
        }
        return Wrap.tiles(evened);
    }

    private Mat tile(Straightener straightener, Mat light, TilePlace place) {
        var side = order.side();
        var overlap = (int) Math.round(place.overlap() * side);
        var size = side + overlap;
        var stretch = (double) size / side;
        var part = Projection.affine(place.across().times(stretch), place.down().times(stretch), place.origin());
        var straight = straightener.read(part, size, scope);
        var even = Straightener.evened(straight, light, part, scope);
        if (overlap == 0) {
            return even;
        }
        var values = scope.mat();
        even.convertTo(values, CvType.CV_32F);
        var rgb = new float[3 * size * size];
        values.get(0, 0, rgb);
        var tiled = scope.mat(side, side, CvType.CV_32FC3);
        tiled.put(0, 0, SeamCut.tile(rgb, size, overlap));
        var bytes = scope.mat();
        tiled.convertTo(bytes, CvType.CV_8U);
        return bytes;
    }

    private void step(double done) {
        if (progress.canceled()) {
            throw new TryOnException(ErrorCode.PROCESSING_FAILED, "The scan was cancelled.", "a scan was cancelled");
        }
        progress.report(done);
    }

    private static TryOnException tooSmall() {
        return new TryOnException(
                ErrorCode.INVALID_IMAGE,
                "The cloth has too few pixels: send a photo in which it is at least " + LEAST_SIDE
                        + " pixels wide and high.",
                "a swatch is too small to scan");
    }
}
