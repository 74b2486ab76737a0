package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.vision.Pixels;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/** Maps made of the base colours of our own materials, whose true maps are known. */
class MapMakerTest {
    private static final int SIDE = 512;

    private final MatScope scope = new MatScope();

    @AfterEach
    void close() {
        scope.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cotton-twill", "jersey-knit", "rib-knit", "linen-plain", "leather"})
    void comesNearerToTheTrueNormalsThanAFlatMap(String id) {
        var swatch = swatch(id);
        var truth = swatch.make(SIDE, Steps.unwatched()).maps();
        var maps = maps(truth, Optional.of(swatch.kind()));
        var flat = scope.mat(SIDE, SIDE, CvType.CV_8UC3);
        flat.setTo(new Scalar(255, 127.5, 127.5));

        assertThat(degrees(maps.normals(), mat(truth.normal()))).isLessThan(degrees(flat, mat(truth.normal())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cotton-twill", "rib-knit", "houndstooth", "velvet"})
    void heightAndNormalsTellTheSameShape(String id) {
        var maps = maps(swatch(id).make(SIDE, Steps.unwatched()).maps(), Optional.empty());
        var height = scope.mat();
        maps.height().convertTo(height, CvType.CV_32F, maps.relief() * SIDE / 255);

        assertThat(degrees(new Relief(height).normals(scope), maps.normals())).isLessThan(3);
    }

    @ParameterizedTest
    @EnumSource(FabricClass.class)
    void isAsRoughAsItsClassAndNeverMetal(FabricClass kind) {
        var maps = maps(swatch("cotton-twill").make(SIDE, Steps.unwatched()).maps(), Optional.of(kind));

        assertThat(Core.mean(maps.roughness()).val[0] / 255).isCloseTo(ClassSurface.roughness(kind), within(0.02));
        assertThat(Core.countNonZero(maps.metalness())).isZero();
    }

    @ParameterizedTest
    @EnumSource(FabricClass.class)
    void velvetAndSilkAloneHaveASheen(FabricClass kind) {
        var base = mat(swatch("velvet").make(SIDE, Steps.unwatched()).maps().baseColor());

        assertThat(ClassSurface.sheen(kind, base))
                .matches(sheen -> sheen.isPresent() == (kind == FabricClass.VELVET || kind == FabricClass.SILK));
    }

    @Test
    void seesThroughTheHolesOfALace() {
        var truth = swatch("lace").make(SIDE, Steps.unwatched()).maps();
        // The net lies on a dark table.
        var base = mat(truth.baseColor());
        var pixels = new byte[3 * SIDE * SIDE];
        base.get(0, 0, pixels);
        for (var at = 0; at < pixels.length; at++) {
            pixels[at] =
                    (byte) ((pixels[at] & 0xFF) * truth.opacity().orElseThrow().values()[at / 3]);
        }
        base.put(0, 0, pixels);
        var opacity = new MapMaker(base, Optional.empty(), Optional.of(FabricClass.LACE), 0, Optional.of(0.0), scope)
                .make()
                .opacity()
                .orElseThrow();

        assertThat(Core.mean(opacity).val[0] / 255)
                .isCloseTo(truth.opacity().orElseThrow().mean(), within(0.1));
    }

    @Test
    void aPitSeesLessOfTheSkyThanThePlainAroundIt() {
        var height = scope.mat(SIDE, SIDE, CvType.CV_32F);
        height.setTo(Scalar.all(0));
        scope.keep(height.submat(250, 260, 250, 260)).setTo(Scalar.all(-8));
        var occlusion = Occlusion.of(height, scope);

        assertThat(occlusion.get(255, 255)[0]).isLessThan(0.6);
        assertThat(occlusion.get(100, 100)[0]).isEqualTo(1);
    }

    private static Swatch swatch(String id) {
        return Swatch.ALL.stream()
                .filter(swatch -> swatch.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private ScannedMaps maps(Maps truth, Optional<FabricClass> kind) {
        return new MapMaker(mat(truth.baseColor()), Optional.empty(), kind, 0, Optional.empty(), scope).make();
    }

    private Mat mat(Texels texels) {
        try (var frame = Showing.frame(texels)) {
            return scope.keep(Pixels.mat(frame).clone());
        }
    }

    /** Returns the mean angle between two maps of normals. */
    private static double degrees(Mat one, Mat other) {
        var first = new byte[3 * SIDE * SIDE];
        var second = new byte[first.length];
        one.get(0, 0, first);
        other.get(0, 0, second);
        var sum = 0.0;
        for (var at = 0; at < first.length; at += 3) {
            var dot = 0.0;
            var squares = new double[2];
            for (var k = at; k < at + 3; k++) {
                var a = (first[k] & 0xFF) / 127.5 - 1;
                var b = (second[k] & 0xFF) / 127.5 - 1;
                dot += a * b;
                squares[0] += a * a;
                squares[1] += b * b;
            }
            var lengths = Math.sqrt(squares[0] * squares[1]);
            sum += Math.acos(Math.clamp(dot / lengths, -1, 1));
        }
        return Math.toDegrees(3 * sum / first.length);
    }
}
