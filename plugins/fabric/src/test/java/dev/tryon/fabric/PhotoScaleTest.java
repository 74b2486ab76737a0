package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.spi.OptionValue;
import dev.tryon.spi.Options;
import dev.tryon.spi.Progress;
import dev.tryon.spi.ScanEngine.Property;
import dev.tryon.spi.ScanEngine.Scan;
import dev.tryon.testkit.ClothMaps;
import dev.tryon.testkit.ClothPhotograph;
import dev.tryon.testkit.ClothReference;
import dev.tryon.testkit.ClothReference.Body;
import dev.tryon.testkit.ClothReference.Marks;
import dev.tryon.testkit.ClothReference.Metals;
import dev.tryon.testkit.ClothReference.Where;
import dev.tryon.testkit.ClothStudio;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.Pixels;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PhotoScaleTest {
    private static final FabricEngine ENGINE = new FabricEngine();
    private static final double TWO_PERCENT = 0.02;
    private static final Map<Long, ClothPhotograph> TAKEN = new HashMap<>();
    private static FrameCodec codec;

    @BeforeAll
    static void open() {
        codec = new FrameCodec();
    }

    @AfterAll
    static void close() {
        codec.close();
    }

    @Test
    void tellsTheScaleByACoinBesideTheCloth() {
        var coin = new ClothReference.Coin(23.25, 2.33, Metals.SILVER_IN_GOLD, Where.BESIDE);

        assertThat(error(coin, Coin.EURO_1, 7036)).isCloseTo(0, within(TWO_PERCENT));
    }

    @Test
    void tellsTheScaleByACoinOnTheCloth() {
        var coin = new ClothReference.Coin(24.26, 1.75, Metals.SILVER, Where.ON_CLOTH);

        assertThat(error(coin, Coin.US_QUARTER, 7004)).isCloseTo(0, within(TWO_PERCENT));
    }

    @Test
    void tellsTheScaleByTheMillimetresOfARuler() {
        var ruler = new ClothReference.Ruler(Marks.MILLIMETRES, Body.WHITE);

        assertThat(error(ruler, new ScaleReference.Ruler(), 7001)).isCloseTo(0, within(TWO_PERCENT));
    }

    @Test
    void tellsTheScaleByTheInchesOfARuler() {
        var ruler = new ClothReference.Ruler(Marks.INCHES, Body.WOOD);

        assertThat(error(ruler, new ScaleReference.Ruler(), 7005)).isCloseTo(0, within(TWO_PERCENT));
    }

    @Test
    void cutsTheTileFromWhatTheCoinDoesNotCover() {
        var coin = new ClothReference.Coin(24.26, 1.75, Metals.SILVER, Where.ON_CLOTH);
        var taken = photograph(coin, 7004);
        try (var photo = codec.decodeUpload(ByteBuffer.wrap(taken.jpeg()));
                var scope = new MatScope()) {
            var scale = scale(taken, Coin.US_QUARTER);
            var covered = new HashSet<String>();
            var part = scale.clear().of(swatch(taken).corners());
            var read = Straightener.of(scope.keep(Pixels.mat(photo)), part)
                    .read(TilePlace.whole().projection(), 64, scope);
            // The outermost pixels show the table too.
            for (var y = 3; y < 61; y++) {
                for (var x = 3; x < 61; x++) {
                    // The cloth is dark red; the coin is silver.
                    var bgr = read.get(y, x);
                    if (bgr[0] > 0.8 * bgr[2]) {
                        covered.add(x + "," + y);
                    }
                }
            }
            assertThat(covered).isEmpty();
            assertThat(scale.clear().enough()).isTrue();
        }
    }

    @Test
    void saysThatTheSizeIsUnknownWhereTheCoinIsMissing() {
        var ruler = new ClothReference.Ruler(Marks.MILLIMETRES, Body.WHITE);
        try (var scan = scan(photograph(ruler, 7001), Map.of("reference", new OptionValue.Text("1-euro")))) {
            assertThat(scan.properties()).doesNotContainKeys("widthMillimetres", "dotsPerInch", "confidenceScale");
            assertThat(words(scan, "warnings")).contains("reference-not-found");
            assertThat(String.join(" ", words(scan, "advice"))).contains("beside the cloth");
        }
    }

    @Test
    void saysNothingOfSizeWhereNothingTellsIt() {
        var ruler = new ClothReference.Ruler(Marks.MILLIMETRES, Body.WHITE);
        try (var scan = scan(photograph(ruler, 7001), Map.of())) {
            assertThat(scan.properties()).doesNotContainKeys("widthMillimetres", "heightMillimetres", "dotsPerInch");
            assertThat(words(scan, "warnings")).doesNotContain("reference-not-found");
        }
    }

    @Test
    void believesAGivenWidthMoreThanARuler() {
        var ruler = new ClothReference.Ruler(Marks.MILLIMETRES, Body.WHITE);
        var given = Map.<String, OptionValue>of(
                "reference", new OptionValue.Text("ruler"),
                "widthMillimetres", new OptionValue.Quantity(1000));
        try (var scan = scan(photograph(ruler, 7001), given)) {
            assertThat(((Property.Quantity)
                                    Objects.requireNonNull(scan.properties().get("widthMillimetres")))
                            .value())
                    .isGreaterThan(300);
            assertThat(scan.properties()).doesNotContainKey("confidenceScale");
        }
    }

    /** Returns by how much the swatch's width is wrong, as a share. */
    private static double error(ClothReference thing, ScaleReference reference, long seed) {
        var taken = photograph(thing, seed);
        return scale(taken, reference).widthMillimetres() / taken.truth().widthMillimetres() - 1;
    }

    private static PhotoScale scale(ClothPhotograph taken, ScaleReference reference) {
        var aspect = taken.truth().widthMillimetres() / taken.truth().heightMillimetres();
        try (var photo = codec.decodeUpload(ByteBuffer.wrap(taken.jpeg()))) {
            return PhotoScale.of(Pixels.mat(photo), swatch(taken), aspect, reference)
                    .orElseThrow();
        }
    }

    private static PhotoSwatch swatch(ClothPhotograph taken) {
        var places = taken.truth().corners().stream()
                .map(corner -> new Spot(corner.x() - 0.5, corner.y() - 0.5))
                .toList();
        return new PhotoSwatch(
                new Corners(places.get(0), places.get(1), places.get(2), places.get(3)), PhotoSwatch.Origin.FOUND, 1);
    }

    private static ClothPhotograph photograph(ClothReference thing, long seed) {
        return TAKEN.computeIfAbsent(seed, _ -> {
            try (var velvet = ENGINE.material("velvet", 512).orElseThrow()) {
                return new ClothStudio(codec, 1600, 1200).photograph(ClothMaps.of(velvet), seed, thing);
            }
        });
    }

    private static Scan scan(ClothPhotograph taken, Map<String, OptionValue> options) {
        try (var photo = codec.decodeUpload(ByteBuffer.wrap(taken.jpeg()))) {
            return ENGINE.scan(photo, Options.of(ENGINE.info().options(), options), Progress.UNWATCHED);
        }
    }

    private static List<String> words(Scan scan, String name) {
        return ((Property.Words) Objects.requireNonNull(scan.properties().get(name))).values();
    }
}
