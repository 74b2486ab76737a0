package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.vision.LinearLight;
import dev.tryon.vision.Pixels;
import org.junit.jupiter.api.Test;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

class StraightenerTest {
    static {
        Pixels.load();
    }

    private static final Corners ASLANT =
            new Corners(new Spot(120, 80), new Spot(710, 140), new Spot(640, 560), new Spot(60, 470));

    @Test
    void readsEachPlaceOfTheSwatchWhereItIsInThePhoto() {
        try (var scope = new MatScope()) {
            var read =
                    Straightener.of(board(scope), ASLANT).read(TilePlace.whole().projection(), 400, scope);

            // The board is 4 by 4: blue grows to the right, green down.
            for (var row = 0; row < 4; row++) {
                for (var column = 0; column < 4; column++) {
                    var pixel = read.get(50 + 100 * row, 50 + 100 * column);
                    assertThat(pixel[0]).isCloseTo(60.0 * column, within(1.5));
                    assertThat(pixel[1]).isCloseTo(60.0 * row, within(1.5));
                }
            }
        }
    }

    @Test
    void readsAPartAsThatPart() {
        try (var scope = new MatScope()) {
            var quarter = Projection.affine(new Spot(0.25, 0), new Spot(0, 0.25), new Spot(0.5, 0.25));
            var read = Straightener.of(board(scope), ASLANT).read(quarter, 64, scope);
            var middle = scope.keep(read.submat(8, 56, 8, 56));

            assertThat(Core.mean(middle).val[0]).isCloseTo(120, within(1.5));
            assertThat(Core.mean(middle).val[1]).isCloseTo(60, within(1.5));
        }
    }

    @Test
    void leavesAPictureThatFillsThePhotoAsItIs() {
        try (var scope = new MatScope()) {
            var photo = scope.mat(64, 64, CvType.CV_8UC3);
            Core.randu(photo, 0, 255);
            var read = Straightener.of(photo, Corners.of(64, 64))
                    .read(TilePlace.whole().projection(), 64, scope);

            assertThat(Core.norm(read, photo, Core.NORM_INF)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void saysWhereAPartLies() {
        var map = Projection.unitSquareTo(ASLANT);
        try (var scope = new MatScope()) {
            var place = Straightener.of(board(scope), ASLANT)
                    .place(Projection.affine(new Spot(0.5, 0), new Spot(0, 0.5), new Spot(0.25, 0.25)));

            assertThat(place.topLeft().minus(map.map(new Spot(0.25, 0.25))).length())
                    .isLessThan(0.5);
            assertThat(place.bottomRight().minus(map.map(new Spot(0.75, 0.75))).length())
                    .isLessThan(0.5);
        }
    }

    @Test
    void evensLightOutAsLightAndNotAsStoredValues() {
        try (var scope = new MatScope()) {
            // Half the light of a stored 200 is a stored 146.
            var picture = scope.keep(
                    new Mat(16, 16, CvType.CV_8UC3, Scalar.all(LinearLight.toByte(LinearLight.ofByte(200) / 2))));
            var light = scope.keep(new Mat(8, 8, CvType.CV_32F, Scalar.all(0.5)));

            var evened = Straightener.evened(picture, light, TilePlace.whole().projection(), scope);

            assertThat(Core.mean(evened).val[0]).isCloseTo(200, within(1.0));
        }
    }

    /** A photo of a board of 4 by 4 fields, each of one colour. */
    private static Mat board(MatScope scope) {
        var photo = scope.mat(600, 800, CvType.CV_8UC3);
        var back = Projection.unitSquareTo(ASLANT).inverse();
        for (var y = 0; y < 600; y++) {
            for (var x = 0; x < 800; x++) {
                var place = back.map(new Spot(x, y));
                var column = Math.clamp((long) Math.floor(4 * place.x()), 0, 3);
                var row = Math.clamp((long) Math.floor(4 * place.y()), 0, 3);
                photo.put(y, x, new byte[] {(byte) (60 * column), (byte) (60 * row), 0});
            }
        }
        return photo;
    }
}
