package dev.tryon.fabric;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.OptionValue;
import dev.tryon.spi.Options;
import dev.tryon.spi.Progress;
import dev.tryon.spi.TryOnException;
import java.util.List;
import java.util.Map;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;

/** A checked cloth on a grey table, with which the engine proves that natives and pipeline work. */
final class DrawnSwatch {
    private static final int CHECK = 12;
    private static final Rect PLACE = new Rect(60, 40, 30 * CHECK, 25 * CHECK);
    private static final double NEAR = 2;

    private DrawnSwatch() {}

    /**
     * Scans it.
     *
     * @throws TryOnException if corners or repeat are not what was drawn
     */
    static void check() {
        try (var scope = new MatScope()) {
            var order = ScanOrder.of(Options.of(ScanOrder.OPTIONS, Map.of("size", new OptionValue.Text("512"))));
            var cloth = PhotoScan.of(picture(scope), order, Progress.UNWATCHED, scope);
            var drawn = List.of(
                    new Spot(PLACE.x, PLACE.y),
                    new Spot(PLACE.x + PLACE.width, PLACE.y),
                    new Spot(PLACE.x + PLACE.width, PLACE.y + PLACE.height),
                    new Spot(PLACE.x, PLACE.y + PLACE.height));
            var found = cloth.swatch().corners().places();
            for (var corner = 0; corner < drawn.size(); corner++) {
                var off = found.get(corner).minus(drawn.get(corner)).length();
                if (off > NEAR) {
                    throw failed("a drawn corner is " + off + " pixels off");
                }
            }
            if (cloth.repeat().isEmpty()) {
                throw failed("the repeat of drawn checks was not found");
            }
        }
    }

    private static Mat picture(MatScope scope) {
        var picture = scope.mat(380, 480, CvType.CV_8UC3);
        picture.setTo(Scalar.all(190));
        for (var y = 0; y < PLACE.height; y += CHECK) {
            for (var x = 0; x < PLACE.width; x += CHECK) {
                var dark = (x / CHECK % 2 == 0 ? 1 : 0) + (y / CHECK % 2 == 0 ? 1 : 0);
                scope.keep(picture.submat(new Rect(PLACE.x + x, PLACE.y + y, CHECK, CHECK)))
                        .setTo(new Scalar(110 - 40 * dark, 60 - 20 * dark, 170 - 50 * dark));
            }
        }
        return picture;
    }

    private static TryOnException failed(String detail) {
        return new TryOnException(ErrorCode.PROCESSING_FAILED, "The fabric engine does not work here.", detail);
    }
}
