package dev.tryon.nails;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.Patch;
import dev.tryon.spi.Progress;
import dev.tryon.spi.TryOnException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Polish on one picture at best quality: searched at two scales, and every nail looked at twice, the second time with
 * the crop on its true middle and size.
 *
 * <p>Threads: one at a time; one for each picture.
 */
final class NailCapture {
    private final NailSearch search;
    private final NailRefiner refiner;
    private final NailPainter painter;

    NailCapture(Toolbox.Tools tools) {
        search = tools.search();
        refiner = tools.refiner();
        painter = tools.painter();
    }

    /** Returns the picture's outcome. */
    Outcome paint(Frame picture, Polish polish, Progress progress) {
        if (Math.min(picture.width(), picture.height()) < SceneCheck.LEAST_SIDE) {
            return SceneCheck.tooSmall();
        }
        var nails = nails(picture, progress);
        if (nails.isEmpty()) {
            return search.look().rejection();
        }
        var scene = SceneLight.of(picture);
        var patches = new ArrayList<Patch>();
        for (var nail = 0; nail < nails.size(); nail++) {
            painter.paint(picture, nails.get(nail).shape(), polish, 7919 * (nail + 1), 1, scene)
                    .ifPresent(patches::add);
        }
        proceed(progress, 1);
        return new Outcome.Overlaid(
                patches,
                Sightings.confidence(nails),
                nails.stream().map(Sighting::detection).toList());
    }

    /** Returns the nails of a picture, from left to right. */
    List<Sighting> nails(Frame picture, Progress progress) {
        var places = search.everything(picture, () -> proceed(progress, 0.3));
        proceed(progress, 0.5);
        var first =
                refiner.look(picture, places).stream().flatMap(Optional::stream).toList();
        proceed(progress, 0.7);
        var second = refiner.look(picture, first.stream().map(Sighting::place).toList());
        var twice = new ArrayList<Sighting>();
        for (var i = 0; i < first.size(); i++) {
            var earlier = first.get(i);
            second.get(i).ifPresent(sighting -> twice.add(sighting.after(earlier)));
        }
        proceed(progress, 0.9);
        return Sightings.believed(Sightings.distinct(twice), Math.max(picture.width(), picture.height())).stream()
                .sorted(Comparator.comparingDouble(sighting -> sighting.shape().centerX()))
                .toList();
    }

    private static void proceed(Progress progress, double done) {
        if (progress.canceled()) {
            throw new TryOnException(
                    ErrorCode.PROCESSING_FAILED, "The picture was canceled.", "a nails capture was canceled");
        }
        progress.report(done);
    }
}
