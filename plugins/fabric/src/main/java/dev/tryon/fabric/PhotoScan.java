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
import org.opencv.core.Scalar;
import org.opencv.imgproc.Imgproc;

/**
 * The way from a photo to maps that tile: find the swatch, straighten it, even out the light, find the repeat, cut whole
 * periods, join the sides, read the relief.
 *
 * <p>Threads: one a scan; nothing is shared.
 */
final class PhotoScan {
    private static final int LEAST_SIDE = 96;
    /** Share of the brightness that goes with hue from which on a cloth has a pattern. */
    private static final double PATTERN_DYE = 0.2;

    /** How well a swatch must fall onto itself when moved by its whole width to be a tile. */
    private static final double LEAST_CLOSURE = 0.85;

    /** Strength of a repeat that light and contrast are read from. */
    private static final double SURE_REPEAT = 0.5;

    private static final double MOST_LIGHT_RATIO = 6;
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
        var whole = order.aspect(swatch.corners(), photo.cols(), photo.rows());
        var scale = scale(swatch, whole);
        var clear = clear(scale);
        var part = clear.of(swatch.corners());
        var aspect = whole * clear.aspect();
        var straightener = Straightener.of(photo, part);
        var plain = straightener.read(TilePlace.whole().projection(), RepeatFinder.SIDE, scope);
        PhotoChecks.of(plain, swatch, order.side(), warnings, scope);
        var linear = Straightener.linear(plain, LightField.SIDE, scope);
        var light = LightField.of(linear, scope);
        step(0.3);
        var evened = Straightener.evened(plain, light, TilePlace.whole().projection(), scope);
        var repeat = RepeatFinder.find(evened, aspect);
        var sure = repeat.filter(found -> found.strength() >= SURE_REPEAT);
        sure.ifPresent(found -> RepeatedLight.correct(linear, light, found));
        step(0.5);
        var tiles = tiles(swatch, plain, repeat);
        if (tiles) {
            light.setTo(Scalar.all(1));
        } else if (swatch.origin() == PhotoSwatch.Origin.WHOLE_PHOTO && order.find() == PhotoSwatch.Origin.FOUND) {
            warnings.add(ScanWarning.NO_EDGES);
        }
        var range = Core.minMaxLoc(light);
        if (range.maxVal / range.minVal > MOST_LIGHT_RATIO) {
            warnings.add(ScanWarning.UNEVEN_LIGHT);
        }
        var place = tiles ? TilePlace.whole() : place(straightener, repeat, aspect);
        var tile = tile(straightener, light, DetailGain.of(evened, sure, scope), place);
        step(0.75);
        var maps = new MapMaker(tile.bgr, repeat, order.kind(), ClothTraits.gloss(linear, scope), ground(swatch), scope)
                .make();
        step(1);
        if (repeat.isEmpty() && maps.dye() > PATTERN_DYE) {
            warnings.add(ScanWarning.PATTERN_CUT_OFF);
        }
        var width = order.width(whole).or(() -> scale.map(PhotoScale::widthMillimetres));
        return new ScannedCloth(
                maps,
                swatch,
                part,
                straightener.place(place.moved(tile.rightwards, tile.downwards).projection()),
                repeat,
                whole,
                width,
                width.map(swatchWidth -> place.size(swatchWidth * clear.width(), aspect)),
                scale.filter(_ -> !order.sized()).map(PhotoScale::confidence),
                Math.clamp(1 - Math.log(range.maxVal / range.minVal) / Math.log(MOST_LIGHT_RATIO) / 2, 0, 1),
                Set.copyOf(warnings));
    }

    private Optional<PhotoScale> scale(PhotoSwatch swatch, double aspect) {
        var scale = order.reference().flatMap(reference -> PhotoScale.of(photo, swatch, aspect, reference));
        if (order.reference().isPresent() && scale.isEmpty()) {
            warnings.add(ScanWarning.REFERENCE_NOT_FOUND);
        }
        return scale;
    }

    /** Returns the part of the swatch that a coin or a ruler does not cover. */
    private ClearPart clear(Optional<PhotoScale> scale) {
        var clear = scale.map(PhotoScale::clear).orElse(ClearPart.ALL);
        if (clear.enough()) {
            return clear;
        }
        warnings.add(ScanWarning.REFERENCE_IN_THE_WAY);
        return ClearPart.ALL;
    }

    private PhotoSwatch swatch() {
        return switch (order.find()) {
            case GIVEN -> new PhotoSwatch(order.corners(photo.cols(), photo.rows()), PhotoSwatch.Origin.GIVEN, 1);
            case WHOLE_PHOTO -> whole(1);
            case FOUND ->
                SwatchFinder.find(photo).orElseGet(() -> {
                    PhotoChecks.requireCloth(photo, scope);
                    return whole(0.5);
                });
        };
    }

    private PhotoSwatch whole(double confidence) {
        return new PhotoSwatch(Corners.of(photo.cols(), photo.rows()), PhotoSwatch.Origin.WHOLE_PHOTO, confidence);
    }

    /** Returns the lightness of the photo's rim, where the swatch lies on something. */
    private Optional<Double> ground(PhotoSwatch swatch) {
        if (swatch.origin() == PhotoSwatch.Origin.WHOLE_PHOTO) {
            return Optional.empty();
        }
        var row = scope.mat();
        Imgproc.cvtColor(scope.keep(photo.row(0)), row, Imgproc.COLOR_BGR2GRAY);
        return Optional.of(Core.mean(row).val[0]);
    }

    private TilePlace place(Straightener straightener, Optional<Repeat> repeat, double aspect) {
        var margin = straightener.margin();
        return repeat.map(found -> TilePlace.of(found, margin)).orElseGet(() -> TilePlace.square(aspect, margin));
    }

    /** Returns whether the whole swatch is a tile that somebody made: such a one is best left as it is. */
    private static boolean tiles(PhotoSwatch swatch, Mat plain, Optional<Repeat> repeat) {
        return swatch.origin() != PhotoSwatch.Origin.FOUND
                && repeat.map(Repeat::closure).orElse(1.0) >= LEAST_CLOSURE
                && Wrap.tiles(plain);
    }

    private Tile tile(Straightener straightener, Mat light, DetailGain gain, TilePlace place) {
        var side = order.side();
        var overlap = (int) Math.round(place.overlap() * side);
        var size = side + overlap;
        var stretch = (double) size / side;
        var part = Projection.affine(place.across().times(stretch), place.down().times(stretch), place.origin());
        var straight = straightener.read(part, size, scope);
        var even = Straightener.evened(straight, light, part, scope);
        if (overlap == 0) {
            return new Tile(even, 0, 0);
        }
        var values = scope.mat();
        even.convertTo(values, CvType.CV_32F);
        gain.apply(values, part, scope);
        var rgb = new float[3 * size * size];
        values.get(0, 0, rgb);
        var cut = SeamCut.tile(rgb, size, overlap);
        var tiled = scope.mat(side, side, CvType.CV_32FC3);
        tiled.put(0, 0, cut.rgb());
        var bytes = scope.mat();
        tiled.convertTo(bytes, CvType.CV_8U);
        return new Tile(bytes, (double) cut.rightwards() / side, (double) cut.downwards() / side);
    }

    /**
     * A picture that tiles.
     *
     * @param rightwards how much further right than planned it begins, as a share of its width
     * @param downwards likewise, of its height
     */
    private record Tile(Mat bgr, double rightwards, double downwards) {}

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
